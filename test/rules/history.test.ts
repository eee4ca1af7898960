import { beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { newUlid } from '../../lib/ids.ts';
import type { Caller } from '../../lib/standing.ts';
import { createUser, keyFor } from '../support/api.ts';
import { stubFunctionEnv } from '../support/lib.ts';
import { putItem, readItem, startTableProxy } from '../support/table.ts';
import type { TableRequest } from '../support/table-proxy.ts';

let listAuditEvents: typeof import('../../lib/audit.ts').listAuditEvents;
let recordRefusal: typeof import('../../lib/audit.ts').recordRefusal;
let take: () => TableRequest[];

beforeAll(async () => {
  const proxy = await startTableProxy();
  take = proxy.take;
  stubFunctionEnv(proxy.endpoint);
  ({ listAuditEvents, recordRefusal } = await import('../../lib/audit.ts'));
  return proxy.close;
});

const callerOf = async (name: string): Promise<Caller> => {
  const { key_id: tokenId } = await keyFor(name);
  const userId = (await readItem(name))?.user_id;
  const origin = { requestId: 'test', sourceAddress: '192.0.2.1' };
  return { username: name, name, userId, tokenId, ...origin };
};

it('tells of twenty refusals an hour at most', async () => {
  const name = await createUser();
  const caller = await callerOf(name);
  onTestFinished(() => {
    vi.useRealTimers();
  });
  for (const time of ['2031-05-06T10:59:59Z', '2031-05-06T11:00:00Z', '2031-05-07T11:00:00Z']) {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(time) });
    await Promise.all(
      Array.from({ length: 25 }, () => recordRefusal(caller, 'users.delete', 'someone', 'no')),
    );
  }
  vi.useRealTimers();
  const { events } = await listAuditEvents(caller, name, { limit: 1000 });
  const refused = events.filter(({ outcome }) => outcome === 'refused');
  const hours = Map.groupBy(refused, ({ time }) => time.slice(0, 13));
  expect([...hours].map(([hour, told]) => [hour, told.length])).toEqual([
    ['2031-05-07T11', 20],
    ['2031-05-06T11', 20],
    ['2031-05-06T10', 20],
  ]);
});

it('costs a user nothing that an earlier user of its name has a long history', async () => {
  const name = await createUser();
  const before = Date.parse((await readItem(name))?.created_at) - 1000;
  for (let i = 0; i < 300; i++) {
    await putItem({
      pk: `AUDIT#${name}`,
      sk: newUlid(before - i),
      user_id: 'earlier',
      ttl: Math.round(Date.now() / 1000) + 1000,
    });
  }
  const caller = await callerOf(name);
  for (const limit of [1, 2, 100]) {
    take();
    const { events, more } = await listAuditEvents(caller, name, { limit });
    expect({ count: events.length, more }).toEqual({ count: Math.min(limit, 2), more: limit < 2 });
    const requests = take();
    expect(requests.map(({ operation }) => operation)).toEqual(['BatchGetItem', 'Query']);
  }
});

it('forgets what is past its time before the table does', async () => {
  const name = await createUser();
  const caller = await callerOf(name);
  const user_id = caller.userId;
  const old = {
    pk: `AUDIT#${name}`,
    sk: newUlid(),
    user_id,
    ttl: Math.round(Date.now() / 1000) - 1,
  };
  await putItem(old);
  const { events } = await listAuditEvents(caller, name, { limit: 100 });
  expect(events.map(({ event_id }) => event_id)).not.toContain(old.sk);
  expect(events).toHaveLength(2);
});
