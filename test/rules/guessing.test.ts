import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Origin } from '../../lib/standing.ts';
import { call, createUser, freshName, password, users } from '../support/api.ts';
import { stubFunctionEnv } from '../support/lib.ts';
import { readItem, startTableProxy, type TableRequest } from '../support/table.ts';

/** Guessing from many addresses, which the local gateway cannot pretend: `lib` itself, as the function calls it. */
describe('guessing one username from many addresses', () => {
  let createSession: typeof import('../../lib/sessions.ts').createSession;
  let take: () => TableRequest[];

  beforeAll(async () => {
    const proxy = await startTableProxy();
    take = proxy.take;
    stubFunctionEnv(proxy.endpoint);
    ({ createSession } = await import('../../lib/sessions.ts'));
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
