import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { ApiError, createClient } from '../../lib/client/client.ts';
import { caller, createUser, freshName, password, tokenFor, users } from '../support/api.ts';
import { startPretender } from '../support/pretender.ts';
import { putGrants } from '../support/table.ts';

interface Seen {
  url: string;
  init: RequestInit;
}

/** A client of a made-up API that gives these answers, one after another; an Error is none. */
const clientOf = (...answers: (Error | [status: number, body?: unknown, headers?: object])[]) => {
  const seen: Seen[] = [];
  const told: ApiError[] = [];
  const client = createClient({
    url: 'https://api.example.com/prod/',
    token: 'bw_x',
    onError: (error) => told.push(error),
    fetch: async (url, init = {}) => {
      seen.push({ url: String(url), init });
      const answer = answers.shift() ?? [500, { error: 'No more answers.' }];
      if (answer instanceof Error) throw answer;
      const [status, body, headers] = answer;
      const text =
        body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
      return new Response(text, { status, headers: { ...headers } });
    },
  });
  return { client, seen, told };
};

const failure = (promise: Promise<unknown>): Promise<ApiError> =>
  promise.then(
    () => {
      throw new Error('It did not fail.');
    },
    (error) => error,
  );

const user = '/api/v1/users/{userName}';
const path = { userName: 'johndoe' };
const lost = Object.assign(new TypeError('fetch failed'), { cause: new Error('read ECONNRESET') });

describe('a client', () => {
  it('sends what it is asked to, below the stage', async () => {
    const { client, seen } = clientOf([200, { decision: true, context: { reason: 'x' } }]);
    const body = {
      subject: { type: 'user' as const, id: 'a' },
      action: { name: 'read' },
      resource: { type: 'table', id: 'b' },
    };
    expect((await client.post('/access/v1/evaluation', { body })).decision).toBe(true);
    const [{ url, init } = { url: '', init: {} }] = seen;
    expect(url).toBe('https://api.example.com/prod/access/v1/evaluation');
    expect(init).toMatchObject({
      method: 'POST',
      headers: { Authorization: 'Bearer bw_x', 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  });

  it('encodes names and queries, and leaves out what is not said', async () => {
    const { client, seen } = clientOf([204], [200, []]);
    const query = { resource: 'a b&c', resourceType: 'table' };
    const odd = { userName: 'j/ö?' };
    expect(
      await client.delete('/api/v1/users/{userName}/permissions', { path: odd, query }),
    ).toBeUndefined();
    await client.get('/api/v1/users', { query: { limit: 3 } });
    expect(seen.map(({ url }) => url.replace('https://api.example.com/prod/api/v1', ''))).toEqual([
      '/users/j%2F%C3%B6%3F/permissions?resource=a+b%26c&resourceType=table',
      '/users?limit=3',
    ]);
  });

  it.each(['', '.', '..'])(
    'sends nothing for the name "%s", which would lead elsewhere',
    async (name) => {
      const { client, seen } = clientOf();
      const { message } = await failure(client.delete(user, { path: { userName: name } }));
      expect(message).toContain('userName is');
      expect(seen).toEqual([]);
    },
  );

  it('takes no token that could be no header, and does not show it', () => {
    const bad = () => createClient({ url: 'https://x', token: 'bw_secret\n' });
    expect(bad).toThrow(/^This is no token/);
    expect(bad).not.toThrow('secret');
  });

  it('says what the API says, and which request that was', async () => {
    const headers = { 'x-request-id': 'r-1', 'retry-after': '3' };
    const { client } = clientOf([404, { error: 'There is no user johndoe.' }, headers]);
    const error = await failure(client.get(user, { path }));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      message: 'There is no user johndoe.',
      status: 404,
      requestId: 'r-1',
      retryAfter: 3,
    });
  });

  it.each([
    { what: 'a page', answer: [200, '<html>'] },
    { what: 'a redirect', answer: [301, ''] },
    { what: 'another error', answer: [403, '<Error/>'] },
  ] as const)('says that $what is not Bailiwick', async ({ answer }) => {
    const { client } = clientOf([...answer]);
    const { message } = await failure(client.get(user, { path }));
    expect(message).toBe(
      `https://api.example.com/prod answered ${answer[0]} and not as Bailiwick does: is that where it is?`,
    );
  });
});

describe('a page', () => {
  const next = { Link: '</api/v1/users?limit=1&after=a>; rel="next"' };

  it('leads to the one after it, and the last to none', async () => {
    const { client, seen } = clientOf([200, [{ username: 'a' }], next], [200, [{ username: 'b' }]]);
    const first = await client.page('/api/v1/users', { query: { limit: 1 } });
    expect(first.items).toEqual([{ username: 'a' }]);
    expect(seen).toHaveLength(1);
    const second = await first.next?.();
    expect(second).toEqual({ items: [{ username: 'b' }], next: undefined });
    expect(seen.at(-1)?.url).toBe('https://api.example.com/prod/api/v1/users?limit=1&after=a');
  });

  it('that did not come is asked for again', async () => {
    const last = [{ username: 'b' }];
    const { client } = clientOf([200, [], next], [500, { error: 'Broken.' }], [200, last]);
    const first = await client.page('/api/v1/users', { query: { limit: 1 } });
    await expect(first.next?.()).rejects.toThrow('Broken.');
    expect((await first.next?.())?.items).toEqual(last);
  });
});

describe('a list', () => {
  it.each([
    { link: 'https://other.example.com/api/v1/users?limit=1&after=a' },
    { link: 'http://10.0.0.1/stage/api/v1/users?limit=1&after=a' },
    { link: '/api/v1/users?limit=1&after=a' },
  ])('goes on at its own host and stage by $link', async ({ link }) => {
    const next = { Link: `<${link}>; rel="next"` };
    const { client, seen } = clientOf([200, [{ username: 'a' }], next], [200, [{ username: 'b' }]]);
    const found = [];
    for await (const { username } of client.list('/api/v1/users', { query: { limit: 1 } })) {
      found.push(username);
    }
    expect(found).toEqual(['a', 'b']);
    expect(seen.at(-1)?.url).toBe('https://api.example.com/prod/api/v1/users?limit=1&after=a');
  });

  it('has every page of the real API', async () => {
    const { baseUrl, token } = inject('target');
    const call = caller(baseUrl, token);
    const prefix = freshName('paged');
    const names = ['a', 'b', 'c'].map((letter) => `${prefix}${letter}`);
    for (const name of names) await call(`POST ${users}/${name}`, { body: { password } });
    const found = [];
    const query = { limit: 1, prefix };
    for await (const { username } of createClient({ url: baseUrl, token }).list('/api/v1/users', {
      query,
    })) {
      found.push(username);
    }
    expect(found).toEqual(names);
  });

  it('of oneself has every permission, of which one answer holds 5 MB', async () => {
    const name = await createUser(freshName('many'));
    // Long ones, so that few are 5 MB.
    const granted = Array.from({ length: 5200 }, (_, n) => ({
      resource: String(n).padStart(4, '0') + '𐐨'.repeat(240),
      resource_type: 'table',
      type: 'read' as const,
    }));
    await putGrants(name, granted);
    const client = createClient({ url: inject('target').baseUrl, token: await tokenFor(name) });
    const { items } = await client.page('/api/v1/users/me');
    expect(items.length).toBeLessThan(granted.length);
    const found = [];
    for await (const permission of client.list('/api/v1/users/me')) found.push(permission);
    expect(found).toEqual(granted);
  });
});

describe('trouble', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const busy: [number, object, object] = [503, { error: 'Busy.' }, { 'retry-after': '2' }];
  const slow: [number, object, object] = [429, { error: 'Slow down.' }, { 'retry-after': '2' }];

  it('passes unseen, after as long as the API says', async () => {
    const { client, seen } = clientOf(busy, [200, { username: 'johndoe', password_hash: 'x' }]);
    const answer = client.get(user, { path });
    await vi.advanceTimersByTimeAsync(1999);
    expect(seen).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(seen).toHaveLength(2);
    expect((await answer).username).toBe('johndoe');
  });

  it('that does not pass ends after some tries with what it was', async () => {
    const { client, seen } = clientOf(...Array(20).fill(lost));
    const error = failure(client.get(user, { path }));
    await vi.runAllTimersAsync();
    expect((await error).message).toBe(
      'https://api.example.com/prod did not answer (read ECONNRESET): look at the address and the connection, and try again.',
    );
    expect(seen).toHaveLength(6);
  });

  it.each([
    { what: 'a user', at: user, body: { password: 'x' } },
    { what: 'a key', at: `${user}/api-keys` as const, body: { name: 'x' } },
  ] as const)('while making $what is not tried again, as it may be made', async ({ at, body }) => {
    for (const trouble of [lost, busy]) {
      const { client, seen } = clientOf(trouble);
      // A name that looks like an operation that may be repeated.
      const request = { path: { userName: 'permissions' }, body: body as never };
      await failure(client.post(at, request));
      expect(seen).toHaveLength(1);
    }
  });

  it('is tried again for who can tell afterwards', async () => {
    const { client, seen } = clientOf(lost, [409, { error: 'There is one.' }]);
    const made = failure(client.post(user, { path, body: { password: 'x' }, repeatable: true }));
    await vi.runAllTimersAsync();
    expect((await made).status).toBe(409);
    expect(seen).toHaveLength(2);
  });

  it('of coming too often is waited for by everything, as nothing was done', async () => {
    const key = { key_id: 'K', encoded: 'bw_' };
    const { client, seen } = clientOf(slow, [201, key]);
    const made = client.post(`${user}/api-keys`, { path, body: { name: 'x' } });
    await vi.runAllTimersAsync();
    expect((await made).encoded).toBe('bw_');
    expect(seen).toHaveLength(2);
  });

  it('that lasts longer than there is patience is told at once', async () => {
    const { client, seen } = clientOf([429, { error: 'Wait.' }, { 'retry-after': '900' }]);
    const error = await failure(client.get(user, { path }));
    expect(error).toMatchObject({ status: 429, retryAfter: 900 });
    expect(seen).toHaveLength(1);
  });

  it('is told once, when it is for good', async () => {
    const { client, told } = clientOf(busy, [404, { error: 'There is no user.' }], [200, []]);
    const error = failure(client.get(user, { path }));
    await vi.advanceTimersByTimeAsync(1999);
    expect(told).toEqual([]);
    await vi.runAllTimersAsync();
    expect(told).toEqual([await error]);
    await client.get('/api/v1/users');
    expect(told).toHaveLength(1);
  });

  it('is waited for no longer when that is called off', async () => {
    const { client, seen, told } = clientOf(busy);
    const stop = new AbortController();
    const error = failure(client.get(user, { path, signal: stop.signal }));
    await vi.advanceTimersByTimeAsync(500);
    stop.abort(new Error('Never mind.'));
    expect((await error).message).toBe('Never mind.');
    expect(seen).toHaveLength(1);
    expect(told).toEqual([]);
  });
});

it('waits no longer for an answer than it is told to', async () => {
  const { url, close } = await startPretender(() => undefined);
  const patience = { tries: 1, totalMs: 0 };
  const error = await failure(createClient({ url, patience, timeoutMs: 200 }).get(user, { path }));
  expect(error).toMatchObject({ status: 0, message: expect.stringContaining('did not answer') });
  close();
}, 10_000);

it('needs nothing but what browsers, Deno and Node have: its folder imports only itself', () => {
  const folder = join(import.meta.dirname, '../../lib/client');
  for (const file of readdirSync(folder)) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, from] of text.matchAll(/^(?:import|export) .* from '(.*)';$/gm)) {
      expect(from, file).toMatch(/^\.\/[a-z]+\.ts$/);
    }
    expect(text, file).not.toMatch(/\b(process|Buffer|require)\b[.(]/);
  }
});
