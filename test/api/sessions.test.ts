import { describe, expect, it } from 'vitest';
import {
  call,
  createUser,
  expecting,
  freshName,
  type Grant,
  login,
  password,
  permissions,
  sessionFor,
  sessions,
  tokenFor,
  users,
} from '../support/api.ts';

const me = (token: string) => call(`GET ${users}/me`, { token });
const wrong = { password: 'notTheP@sswOrd' };

describe('POST /sessions', () => {
  it('logs in, in any spelling of the name, for twelve hours', async () => {
    const orders: Grant = ['table', 'orders', 'read'];
    const name = await createUser(freshName('Ärger'), orders);
    const { status, body } = await login(name.toUpperCase().normalize('NFD'));
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        token: expect.stringMatching(/^bw_/),
        token_type: 'Bearer',
        expires_at: expect.any(String),
        username: name,
      },
    });
    const hours = (Date.parse(body.expires_at) - Date.now()) / 3.6e6;
    expect(hours).toBeGreaterThan(11.9);
    expect(hours).toBeLessThanOrEqual(12);
    expect((await me(body.token)).body).toEqual({
      username: name,
      permissions: permissions(orders),
    });
  });

  it('lasts as long as it is asked to, at most 30 days', async () => {
    const name = await createUser();
    const { body } = await login(name, { expires_in: '720h' });
    expect((Date.parse(body.expires_at) - Date.now()) / 3.6e6).toBeCloseTo(720, 1);
    expect(await login(name, { expires_in: '720h1s' })).toMatchObject({
      status: 400,
      body: { error: 'expires_in must be at most 720h, which is 30 days.' },
    });
  });

  it.each<[string, object, string]>([
    ['no username', { username: undefined }, 'username is missing.'],
    ['no password', { password: undefined }, 'password is missing.'],
    ['a password that is a number', { password: 1 }, 'password must be a string.'],
    [
      'a username that none can be',
      { username: 'a b' },
      'username must be 1 to 128 letters, digits or . _ @ + - and begin with a letter or digit.',
    ],
    ['a negative duration', { expires_in: '-1h' }, 'expires_in must not be negative.'],
    ['an unknown member', { remember: true }, 'remember is not known here: leave it out.'],
  ])('refuses %s', async (_, body, error) => {
    expect(await login('anyone', body)).toMatchObject({ status: 400, body: { error } });
  });

  it('refuses an unknown user and a wrong password in the same words and headers', async () => {
    const name = await createUser();
    const replies = [
      await login(name, wrong),
      await login(freshName('nobody'), wrong),
      await login(name, { password: 'x'.repeat(100) }),
      await login(freshName('nobody'), { password: '' }),
    ];
    const shown = replies.map(({ status, headers, body }) => {
      const own = new Set(['date', 'x-request-id', 'x-amzn-requestid']);
      return { status, body, headers: [...headers].filter(([header]) => !own.has(header)) };
    });
    expect(shown[0]).toMatchObject({ status: 401, body: { error: expect.any(String) } });
    for (const other of shown) expect(other).toEqual(shown[0]);
  });

  it('keeps a hundred sessions, and ends the oldest for another', async () => {
    const name = await createUser();
    const tokens: string[] = [];
    for (let i = 0; i < 101; i++) tokens.push(await sessionFor(name));
    const statuses = [tokens[0], tokens[1], tokens[100]].map(
      async (token) => (await me(token ?? '')).status,
    );
    expect(await Promise.all(statuses)).toEqual([401, 200, 200]);
    const more = await Promise.all(Array.from({ length: 6 }, () => sessionFor(name)));
    const alive = await Promise.all(
      [...tokens, ...more].map(async (token) => (await me(token)).status),
    );
    expect(alive.filter((status) => status === 200)).toHaveLength(100);
    expect(alive.slice(-6)).toEqual(Array(6).fill(200));
  });
});

describe('wrong passwords', () => {
  it('make that username wait from the fifth on, and a right one forgets them', async () => {
    const name = await createUser();
    for (let i = 0; i < 4; i++) expect((await login(name, wrong)).status).toBe(401);
    expect((await login(name)).status).toBe(201);
    for (let i = 0; i < 5; i++) expect((await login(name, wrong)).status).toBe(401);
    const waiting = await login(name);
    expect(waiting.status).toBe(429);
    expect(waiting.headers.get('retry-after')).toBe('1');
    expect(waiting.body.error).toBe(
      'Too many wrong passwords for this user: try again in 1 second.',
    );
    // Attempts while it waits do not make it longer.
    expect((await login(name, wrong)).status).toBe(429);
    await new Promise((resolve) => setTimeout(resolve, 1050));
    expect((await login(name, wrong)).status).toBe(401);
    expect((await login(name)).headers.get('retry-after')).toBe('2');
    await new Promise((resolve) => setTimeout(resolve, 2050));
    expect((await login(name)).status).toBe(201);
    expect((await login(name, wrong)).status).toBe(401);
  });

  it('make a username wait that nobody has', async () => {
    const name = freshName('nobody');
    for (let i = 0; i < 5; i++) expect((await login(name, wrong)).status).toBe(401);
    expect((await login(name, wrong)).status).toBe(429);
  });

  it('gain nothing by coming at once', async () => {
    const name = await createUser();
    const tries = Array.from({ length: 24 }, (_, i) =>
      login(name, { password: `guess number ${i}` }),
    );
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(5);
    expect(statuses.every((status) => [401, 429, 503].includes(status))).toBe(true);
    expect((await login(name)).status).toBe(429);
  });

  it('leave tokens alone', async () => {
    const name = await createUser();
    const tokens = [await tokenFor(name), await sessionFor(name)];
    for (let i = 0; i < 5; i++) await login(name, wrong);
    expect((await login(name)).status).toBe(429);
    for (const token of tokens) expect((await me(token)).status).toBe(200);
  });

  it('count as well where a user shows its current password', async () => {
    const name = await createUser();
    const token = await tokenFor(name);
    const change = (current_password: string) =>
      call(`PUT ${users}/${name}/password`, {
        token,
        body: { new_password: `${password}2`, current_password },
      });
    for (let i = 0; i < 5; i++) expect((await change(`guess ${i} of many`)).status).toBe(403);
    const waiting = await change(password);
    expect(waiting.status).toBe(429);
    expect(waiting.headers.get('retry-after')).toBe('1');
    await new Promise((resolve) => setTimeout(resolve, 1050));
    expect((await change(password)).status).toBe(200);
    // The right one forgot them.
    for (let i = 0; i < 4; i++) expect((await login(name)).status).toBe(401);
    expect((await login(name, { password: `${password}2` })).status).toBe(201);
  });
});

describe('DELETE /sessions/current', () => {
  it('needs a session, and says how a key ends', async () => {
    const name = await createUser();
    const token = await tokenFor(name);
    const { status, body } = await call(`DELETE ${sessions}/current`, { token });
    expect(status).toBe(403);
    const [, path] = /(DELETE \S+)\.$/.exec(body.error) ?? [];
    expect((await call(path ?? '', { token })).status).toBe(204);
    expect((await me(token)).status).toBe(401);
  });

  it('is 401 without a token', async () => {
    expect((await call(`DELETE ${sessions}/current`, { token: null })).status).toBe(401);
  });
});

describe('DELETE /users/{userName}/sessions', () => {
  it('is for the user and its administrators, and is done when there are none', async () => {
    const name = await createUser();
    const path = `DELETE ${users}/${name}/sessions`;
    expect((await call(path)).status).toBe(204);
    const other = await tokenFor(await createUser(freshName(), ['user', name, 'write']));
    expect((await call(path, { token: other })).status).toBe(403);
    const admin = await tokenFor(await createUser(freshName(), ['user', name, 'admin']));
    const session = await sessionFor(name);
    expect((await call(path, { token: admin })).status).toBe(204);
    expect((await me(session)).status).toBe(401);
    await expecting(404, call(`DELETE ${users}/${freshName('nobody')}/sessions`));
  });
});
