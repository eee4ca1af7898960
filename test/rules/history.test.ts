import { beforeAll, expect, it } from 'vitest';
import { newUlid } from '../../lib/ids.ts';
import type { Caller } from '../../lib/standing.ts';
import { createUser, keyFor } from '../support/api.ts';
import { stubFunctionEnv } from '../support/lib.ts';
import { putItem, readItem, startTableProxy } from '../support/table.ts';
import type { TableRequest } from '../support/table-proxy.ts';

let listAuditEvents: typeof import('../../lib/audit.ts').listAuditEvents;
let take: () => TableRequest[];

beforeAll(async () => {
  const proxy = await startTableProxy();
  take = proxy.take;
  stubFunctionEnv(proxy.endpoint);
  ({ listAuditEvents } = await import('../../lib/audit.ts'));
  return proxy.close;
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
  const { key_id: tokenId } = await keyFor(name);
  const userId = (await readItem(name))?.user_id;
  const origin = { requestId: 'test', sourceAddress: '192.0.2.1' };
  const caller: Caller = { username: name, name, userId, tokenId, ...origin };
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
  const { key_id: tokenId } = await keyFor(name);
  const user_id = (await readItem(name))?.user_id;
  const old = {
    pk: `AUDIT#${name}`,
    sk: newUlid(),
    user_id,
    ttl: Math.round(Date.now() / 1000) - 1,
  };
  await putItem(old);
  const origin = { requestId: 'test', sourceAddress: '192.0.2.1' };
  const caller: Caller = { username: name, name, userId: user_id, tokenId, ...origin };
  const { events } = await listAuditEvents(caller, name, { limit: 100 });
  expect(events.map(({ event_id }) => event_id)).not.toContain(old.sk);
  expect(events).toHaveLength(2);
});
