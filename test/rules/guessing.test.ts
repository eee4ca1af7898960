import bcrypt from 'bcryptjs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Origin } from '../../lib/standing.ts';
import type { Key } from '../../lib/table/keys.ts';
import { call, createUser, expecting, freshName, password, users } from '../support/api.ts';
import { bcryptHashes, quickArgon2id } from '../support/hashes.ts';
import { stubFunctionEnv } from '../support/lib.ts';
import { putItem, readItem, readKey, startInterruptedProxy } from '../support/table.ts';
import type { TableRequest } from '../support/table-proxy.ts';

/** Guessing from many addresses, which the local gateway cannot pretend: `lib` itself, as the function calls it. */
describe('guessing one username from many addresses', () => {
  let createSession: typeof import('../../lib/sessions.ts').createSession;
  let guessKeys: typeof import('../../lib/guesses.ts').guessKeys;
  let take: () => TableRequest[];
  /** Runs once, between the decision about a password and the write that tells of it. */
  let meanwhile: Awaited<ReturnType<typeof startInterruptedProxy>>['meanwhile'];

  beforeAll(async () => {
    const proxy = await startInterruptedProxy();
    meanwhile = proxy.meanwhile;
    take = proxy.take;
    stubFunctionEnv(proxy.endpoint);
    ({ createSession } = await import('../../lib/sessions.ts'));
    ({ guessKeys } = await import('../../lib/guesses.ts'));
    return proxy.close;
  });

  let addresses = 0;
  const elsewhere = (): Origin => {
    addresses++;
    return { requestId: 'test', sourceAddress: `198.51.${addresses >> 8}.${addresses & 255}` };
  };
  const guess = (username: string, origin = elsewhere(), attempt = 'notTheP@sswOrd') =>
    createSession(origin, { username, password: attempt }).then(
      () => 'done',
      ({ code }: { code: string }) => code,
    );

  it('makes it wait everywhere from the hundredth failure of an hour on, and not before', async () => {
    const username = await createUser();
    for (let i = 0; i < 99; i++) expect(await guess(username)).toBe('wrong_credentials');
    expect(await guess(username, elsewhere(), password)).toBe('done');
    expect(await guess(username)).toBe('wrong_credentials');
    expect(await guess(username, elsewhere(), password)).toBe('too_many_failures');
    await new Promise((resolve) => setTimeout(resolve, 1050));
    expect(await guess(username, elsewhere(), password)).toBe('done');

    const { body } = await call(`GET ${users}/${username}/audit-events?limit=1000`);
    const failed = body.filter(({ outcome }: { outcome: string }) => outcome === 'failed');
    expect(failed).toHaveLength(20);
  });

  it('keeps addresses apart: a right password from elsewhere works', async () => {
    const username = await createUser();
    const here = elsewhere();
    for (let i = 0; i < 5; i++) expect(await guess(username, here)).toBe('wrong_credentials');
    expect(await guess(username, here, password)).toBe('too_many_failures');
    expect(await guess(username, elsewhere(), password)).toBe('done');
  });

  it('takes the addresses of one IPv6 subscriber for one', async () => {
    const username = await createUser();
    const from = (host: string) => ({ requestId: 'test', sourceAddress: `2001:db8:1:2:${host}` });
    for (let i = 0; i < 5; i++) await guess(username, from(`:${i + 1}`));
    expect(await guess(username, from('a:b:c:d'), password)).toBe('too_many_failures');
    const other = { requestId: 'test', sourceAddress: '2001:db8:1:3::1' };
    expect(await guess(username, other, password)).toBe('done');
  });

  const importUser = async (hash: string) => {
    const username = freshName('imported');
    const body = { password_hash: Buffer.from(hash).toString('base64') };
    await expecting(201, call(`POST ${users}/${username}`, { body }));
    return username;
  };

  it('counts failures at once and answers them no sooner than the stage sets, right passwords sooner', async () => {
    const imported = [await importUser(bcryptHashes.$2y$), await importUser(quickArgon2id)];
    const names = [await createUser(), ...imported, freshName('nobody')];
    const answered: string[] = [];
    const timed = async (username: string, origin: Origin, attempt?: string) => {
      const outcome = await guess(username, origin, attempt);
      answered.push(outcome);
      return { outcome, at: performance.now() };
    };
    vi.stubEnv('FAILED_LOGIN_MS', '4000');
    const started = performance.now();
    const tries = names.map((username) => ({ username, origin: elsewhere() }));
    const failures = tries.map(({ username, origin }) => timed(username, origin));
    const right = imported.map((username) => timed(username, elsewhere(), password));
    // It is read when a login begins.
    vi.stubEnv('FAILED_LOGIN_MS', '0');
    await Promise.all(right);
    for (const { username, origin } of tries) {
      const [address] = countersOf(username, origin);
      while (!(await readKey(address))) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(answered).toEqual(['done', 'done']);
    for (const { outcome, at } of await Promise.all(failures)) {
      expect(outcome).toBe('wrong_credentials');
      // A timer may be early by a little.
      expect(at - started).toBeGreaterThanOrEqual(3990);
    }
  });

  it('keeps back too what a wait that began meanwhile made of a right password', async () => {
    const username = await importUser(quickArgon2id);
    const here = elsewhere();
    meanwhile(async () => {
      for (let n = 0; n < 5; n++) await guess(username, here);
    });
    const started = performance.now();
    vi.stubEnv('FAILED_LOGIN_MS', '1500');
    const trying = guess(username, here, password);
    // It is read when a login begins.
    vi.stubEnv('FAILED_LOGIN_MS', '0');
    expect(await trying).toBe('too_many_failures');
    expect(performance.now() - started).toBeGreaterThanOrEqual(1490);
  });

  it.each([...Object.values(bcryptHashes), quickArgon2id])(
    'asks the table the same things of a user from another system: %s',
    async (hash) => {
      const operations = async (username: string, attempt: string) => {
        take();
        await guess(username, elsewhere(), attempt);
        return take().map(({ operation }) => operation);
      };
      const wrong = 'notTheP@sswOrd';
      const own = await operations(await createUser(), wrong);
      const username = await importUser(hash);
      expect(await operations(username, wrong)).toEqual(own);
      const renewal = hash === bcryptHashes.$2b$ ? [] : ['UpdateItem'];
      expect(await operations(username, password)).toEqual([...own, ...renewal]);
    },
  );

  it('lets two right logins at once in, though one renews the hash before the other is written', async () => {
    const username = await importUser(quickArgon2id);
    meanwhile(() => guess(username, elsewhere(), password));
    expect(await guess(username, elsewhere(), password)).toBe('done');
    expect((await readItem(username))?.password_hash).toMatch(/^\$2b\$04\$/);
    expect(Object.keys((await readItem(username))?.sessions)).toHaveLength(2);
  });

  it('asks the table the same things of an unknown user as of a known one', async () => {
    const shapeOf = (requests: TableRequest[]) =>
      requests.map(({ operation, body }) => ({
        operation,
        items: (body.TransactItems ?? []).map((item: object) => Object.keys(item)),
      }));
    const username = await createUser();
    take();
    await guess(username);
    const known = shapeOf(take());
    await guess(freshName('nobody'));
    expect(shapeOf(take())).toEqual(known);
    expect(known.map(({ operation }) => operation)).toEqual(['BatchGetItem', 'TransactWriteItems']);
  });

  it('leaves nothing of an unknown user that outlives some hours, of a known one for 400 days', async () => {
    const hours = (requests: TableRequest[]) =>
      requests.flatMap(({ body }) =>
        (body.TransactItems ?? []).map(
          // biome-ignore lint/suspicious/noExplicitAny: DynamoDB's own request
          (item: any) => (Number(item.Put.Item.ttl.N) - Date.now() / 1000) / 3600,
        ),
      );
    take();
    await guess(freshName('nobody'));
    const unknown = hours(take());
    expect(unknown).toHaveLength(3);
    for (const kept of unknown) expect(kept).toBeLessThan(3);
    const username = await createUser();
    take();
    await guess(username);
    expect(Math.max(...hours(take())) / 24).toBeCloseTo(400, 1);
  });

  it('renews a hash that was cheaper to make, at the next login', async () => {
    const username = await createUser();
    const costOf = async () => String((await readItem(username))?.password_hash).slice(0, 7);
    expect(await costOf()).toBe('$2b$04$');
    vi.stubEnv('BCRYPT_COST', '5');
    expect(await guess(username)).toBe('wrong_credentials');
    expect(await costOf()).toBe('$2b$04$');
    expect(await guess(username, elsewhere(), password)).toBe('done');
    expect(await costOf()).toBe('$2b$05$');
    expect(await guess(username, elsewhere(), password)).toBe('done');
    vi.stubEnv('BCRYPT_COST', '4');
    expect(await guess(username, elsewhere(), password)).toBe('done');
    expect(await costOf()).toBe('$2b$05$');
  });

  const minute = 60_000;
  const countersOf = (username: string, origin: Origin) => guessKeys(username, origin);
  /** Failures as they would be counted after some time. */
  const countedAgo = async (key: Key, failures: number, firstAgo: number, lastAgo: number) => {
    const now = Date.now();
    const times = { first_at: now - firstAgo, last_at: now - lastAgo };
    await putItem({ ...key, failures, ...times, ttl: Math.round(now / 1000) + 3600 });
  };

  it('counts an hour from its first failure, and then begins anew', async () => {
    const username = await createUser();
    const [, anywhere] = countersOf(username, elsewhere());
    await countedAgo(anywhere, 98, 59 * minute, minute);
    const { first_at } = (await readKey(anywhere)) ?? {};
    expect(await guess(username)).toBe('wrong_credentials');
    expect(await readKey(anywhere)).toMatchObject({ failures: 99, first_at });
    expect(await guess(username)).toBe('wrong_credentials');
    expect(await guess(username)).toBe('too_many_failures');

    await countedAgo(anywhere, 500, 61 * minute, minute);
    expect(await guess(username)).toBe('wrong_credentials');
    const anew = await readKey(anywhere);
    expect(anew).toMatchObject({ failures: 1, first_at: anew?.last_at });
    expect(Date.now() - anew?.first_at).toBeLessThan(minute);
  });

  it('forgets the failures of an address an hour after the last, and keeps them that long', async () => {
    const username = await createUser();
    const here = elsewhere();
    const [address] = countersOf(username, here);
    await countedAgo(address, 20, 600 * minute, 59 * minute);
    expect(await guess(username, here)).toBe('wrong_credentials');
    const counted = await readKey(address);
    expect(counted).toMatchObject({ failures: 21 });
    // Else the table would forget before the hour is over.
    expect(counted?.ttl * 1000).toBeGreaterThan(Date.now() + 60 * minute);
    await countedAgo(address, 20, 600 * minute, 61 * minute);
    expect(await guess(username, here)).toBe('wrong_credentials');
    expect(await readKey(address)).toMatchObject({ failures: 1 });
  });

  it('tells of no right password when a wait began before it was written', async () => {
    const username = await createUser();
    const here = elsewhere();
    const fail = async (times: number, from: () => Origin) => {
      for (let i = 0; i < times; i++)
        expect(await guess(username, from())).toBe('wrong_credentials');
    };
    meanwhile(() => fail(5, () => here));
    expect(await guess(username, here, password)).toBe('too_many_failures');

    const there = elsewhere();
    await fail(4, () => there);
    meanwhile(() => fail(1, () => there));
    expect(await guess(username, there, password)).toBe('too_many_failures');

    const [, anywhere] = countersOf(username, here);
    await countedAgo(anywhere, 98, minute, minute);
    meanwhile(() => fail(2, elsewhere));
    expect(await guess(username, elsewhere(), password)).toBe('too_many_failures');
  });

  it('lets a right password through at once while others guess wrong', async () => {
    const username = await createUser();
    await guess(username);
    meanwhile(() => guess(username));
    take();
    expect(await guess(username, elsewhere(), password)).toBe('done');
    const operations = take().map(({ operation }) => operation);
    // Its own read and write, and the other's.
    expect(operations.sort()).toEqual([
      'BatchGetItem',
      'BatchGetItem',
      'TransactWriteItems',
      'TransactWriteItems',
    ]);
  });

  it('compares a password once, however often it is decided', async () => {
    const username = await createUser();
    const here = elsewhere();
    meanwhile(() => guess(username, here));
    const compare = vi.spyOn(bcrypt, 'compare');
    expect(await guess(username, here)).toBe('wrong_credentials');
    // Its own, and that of the guess between.
    expect(compare).toHaveBeenCalledTimes(2);
    compare.mockRestore();
  });

  it('opens no session with a password that was changed before it was written', async () => {
    const username = await createUser();
    const body = { new_password: `${password}2` };
    meanwhile(() => call(`PUT ${users}/${username}/password`, { body }));
    expect(await guess(username, elsewhere(), password)).toBe('wrong_credentials');
    expect(Object.keys((await readItem(username))?.sessions)).toEqual([]);
  });

  it('takes two requests to the table to log in', async () => {
    const username = await createUser();
    take();
    expect(await guess(username, elsewhere(), password)).toBe('done');
    expect(take().map(({ operation }) => operation)).toEqual([
      'BatchGetItem',
      'TransactWriteItems',
    ]);
  });
});
