import { expect, it } from 'vitest';
import { newUserItem } from '../../lib/table/items.ts';
import { mintToken } from '../../lib/tokens.ts';
import {
  type Call,
  createUser,
  expecting,
  freshName,
  type Grant,
  sessionFor,
  tokenFor,
  users,
} from '../support/api.ts';
import { freshId, operations } from '../support/operations.ts';
import { startProxiedStack } from '../support/stack.ts';
import { putGrants, putItem } from '../support/table.ts';
import { costOf, isByAuthorizer, isNote, unitsOf } from '../support/table-proxy.ts';

/** Requests to the table, round trips, read units, write units. */
type Budget = [requests: number, roundTrips: number, readUnits: number, writeUnits: number];

/**
 * What each operation costs whoever answers it, to the unit, as AWS charges. A transaction costs each item
 * twice, read or written. Where a row is dearer than the ones like it, it says for what.
 */
const budgets: Record<string, Budget> = {
  // A caller with its grants.
  'GET /users/me': [1, 1, 1, 0],
  // Whether the caller may, and then the four shards at once.
  'GET /users': [5, 2, 4, 0],
  // Two grants with it, each of an item and its index entry.
  'POST /users/{userName}': [2, 2, 12, 13],
  'GET /users/{userName}': [1, 1, 3, 0],
  // What is left of the user, here a key and a grant, is found and deleted after.
  'DELETE /users/{userName}': [5, 4, 9, 10],
  'PUT /users/{userName}/password': [2, 2, 12, 6],
  'PUT /users/{userName}/password by its user': [2, 2, 10, 8],
  'GET /users/{userName}/permissions': [2, 2, 4, 0],
  'POST /users/{userName}/permissions': [2, 2, 10, 9],
  'POST /users/{userName}/permissions refused': [2, 2, 4, 4],
  'DELETE /users/{userName}/permissions': [2, 2, 10, 9],
  'GET /users/{userName}/api-keys': [2, 2, 4, 0],
  'POST /users/{userName}/api-keys': [2, 2, 10, 8],
  'DELETE /users/{userName}/api-keys/{keyId}': [2, 2, 10, 8],
  'POST /sessions': [2, 2, 3, 10],
  'POST /sessions with a wrong password': [2, 2, 3, 6],
  'DELETE /sessions/current': [2, 2, 4, 6],
  'DELETE /users/{userName}/sessions': [2, 2, 8, 6],
  'GET /users/{userName}/audit-events': [2, 2, 4, 0],
  'POST /access/v1/evaluation': [1, 1, 6, 0],
  'POST /access/v1/evaluations': [1, 1, 6, 0],
  'POST /access/v1/search/action': [1, 1, 6, 0],
  'POST /access/v1/search/resource': [2, 2, 6, 0],
  // Who holds something on the resource, or on `*`; then three items for each result and the one after.
  'POST /access/v1/search/subject': [4, 3, 13, 0],
  'GET /.well-known/authzen-configuration': [0, 0, 0, 0],
  'GET /openapi.json': [0, 0, 0, 0],
};

/** A search finds what other tests made too: one result costs the same whatever there is. */
const narrowed: Record<string, object> = {
  'POST /access/v1/search/subject': { page: { limit: 1 } },
};
/** How much else the index holds, which it reads too, is up to other tests: these may cost less. */
const atMost = new Set(['POST /access/v1/search/subject']);

const inLines = (costs: Record<string, Budget>) =>
  Object.entries(costs)
    .map(([name, cost]) => `${name}: ${cost.join(', ')}`)
    .sort();

/** Longer than the table takes for most that is asked here. */
const heldMs = 50;

/** A stack of the test's own, and what an answer costs: of its function, and of the authorizer before it. */
const startCounted = async () => {
  const { proxy, call } = await startProxiedStack();
  proxy.count();
  proxy.hold(heldMs);
  const toBudget = (...of: Parameters<typeof costOf>) => Object.values(costOf(...of)) as Budget;
  const costs = async (status: number, route: string, options: Call) => {
    proxy.take();
    const answer = await expecting(status, call(route, options));
    const asked = proxy.take();
    const authorizer = asked.filter((one) => isByAuthorizer(one) && !isNote(one));
    return {
      answer,
      cost: toBudget(asked.filter((one) => !isByAuthorizer(one))),
      authorizer: toBudget(authorizer),
      notes: toBudget(asked.filter(isNote)),
    };
  };
  return { costs };
};

it('answers every operation at exactly its cost', async () => {
  const { costs } = await startCounted();
  const found: Record<string, Budget> = {};
  for (const [name, prepare] of Object.entries(operations)) {
    const { route, token, body, status } = await prepare(freshId());
    const sent = { ...(body as object), ...narrowed[name] };
    const isSent = body !== undefined;
    const { cost, authorizer } = await costs(status, route, {
      token,
      ...(isSent && { body: sent }),
    });
    const budget = budgets[name];
    const isWithin = budget?.every((most, n) => (cost[n] ?? 0) <= most);
    found[name] = budget && isWithin && atMost.has(name) ? budget : cost;
    expect(authorizer, name).toEqual(token === null ? [0, 0, 0, 0] : [1, 1, 2, 0]);
  }
  expect(inLines(found)).toEqual(inLines(budgets));
}, 120_000);

it('asks the table nothing about a token that was never minted, and once about one that may have been', async () => {
  const { costs } = await startCounted();
  const name = await createUser();
  const key = await tokenFor(name);
  const nothing: Budget = [0, 0, 0, 0];
  const once: Budget = [1, 1, 2, 0];
  const asked = (status: number, token: string) => costs(status, `GET ${users}/me`, { token });

  const wrongChecksum = key.slice(0, -1) + (key.endsWith('0') ? '1' : '0');
  for (const token of [wrongChecksum, key.slice(0, -1), 'bw_x', 'x']) {
    expect(await asked(401, token)).toMatchObject({ cost: nothing, authorizer: nothing });
  }
  const unknown = mintToken('api_key', name).encoded;
  expect(await asked(401, unknown)).toMatchObject({ cost: nothing, authorizer: once });
  // Once an hour one more request notes that a key is in use.
  expect(await asked(200, key)).toMatchObject({ authorizer: once, notes: [1, 1, 0, 1] });
  expect(await asked(200, key)).toMatchObject({ authorizer: nothing, notes: nothing });
  const session = await sessionFor(name);
  expect(await asked(200, session)).toMatchObject({ authorizer: once, notes: nothing });
}, 60_000);

it('shows a caller what it may do for at most 2 read units up to 40 grants', async () => {
  const { costs } = await startCounted();
  for (const count of [1, 40]) {
    // Of 12 letters, as `orders_table` is. Names and resources of 16 would take a third unit.
    const resources = Array.from({ length: count }, (_, n) => `orders_tab${n + 10}`);
    const name = await createUser(
      `u${freshId().slice(-11)}`,
      ...resources.map((resource): Grant => ['table', resource, 'read']),
    );
    const { cost, answer } = await costs(200, `GET ${users}/me`, { token: await tokenFor(name) });
    expect(answer.permissions).toHaveLength(count);
    expect(cost).toEqual([1, 1, count === 1 ? 1 : 2, 0]);
  }
}, 60_000);

it('decides in one request of at most six read units, whatever the number of grants', async () => {
  const { costs } = await startCounted();
  const resourceOf = (n: number) => `orders-${String(n).padStart(5, '0')}`;
  const service = await tokenFor(await createUser(freshName('service'), ['user', '*', 'read']));
  const administers = await createUser(freshName('admin'), ['table', resourceOf(1), 'admin']);
  const admin = await tokenFor(administers);
  for (const count of [1, 10_000]) {
    const name = await createUser(freshName(`of-${count}`));
    const resources = Array.from({ length: count }, (_, n) => resourceOf(n + 1));
    await putGrants(
      name,
      resources.map((resource) => ({ resource, resource_type: 'table', type: 'read' })),
    );
    const subject = { type: 'user', id: name };
    const action = { name: 'read' };
    const resource = { type: 'table', id: resourceOf(1) };
    const ask = (api: string, token: string, body: object) =>
      costs(200, `POST /access/v1/${api}`, { token, body });

    const question = { subject, action, resource };
    const one = await ask('evaluation', service, question);
    expect(one).toMatchObject({ answer: { decision: true }, cost: [1, 1, 6, 0] });
    const own = await ask('evaluation', await tokenFor(name), question);
    expect(own).toMatchObject({ answer: { decision: true }, cost: [1, 1, 3, 0] });
    // Who only administers that very resource is found to by a second request.
    const third = await ask('evaluation', admin, question);
    expect(third).toMatchObject({ answer: { decision: true }, cost: [2, 2, 7, 0] });
    const actions = await ask('search/action', service, { subject, resource });
    expect(actions.cost).toEqual([1, 1, 6, 0]);

    const evaluations = Array.from({ length: 100 }, (_, n) => ({
      resource: { type: 'table', id: resourceOf(n + 1) },
    }));
    const batch = await ask('evaluations', service, { subject, action, evaluations });
    // Caller and subject with their grants on `*`, one on the subject, and one a resource; 100 a request.
    expect(batch.cost).toEqual([2, 1, 105, 0]);
    const allowed = batch.answer.evaluations.filter(
      ({ decision }: { decision: boolean }) => decision,
    );
    expect(allowed).toHaveLength(Math.min(count, 100));

    const search = { subject, action, resource: { type: 'table' }, page: { limit: 10 } };
    const found = await ask('search/resource', service, search);
    expect(found.answer.results).toHaveLength(Math.min(count, 10));
    // The caller and the subject, and 100 grants at most.
    expect(found.cost.slice(0, 2)).toEqual([2, 2]);
    expect(found.cost[2]).toBeLessThanOrEqual(5 + 7);
  }
}, 60_000);

it('lists a page of 100 users in two round trips, wherever among however many', async () => {
  const { costs } = await startCounted();
  const prefix = `${freshId()}-`;
  const nameOf = (n: number) => `${prefix}${String(n).padStart(3, '0')}`;
  const now = new Date().toISOString();
  const item = (name: string) =>
    newUserItem({ name, userId: name, username: name, passwordHash: 'x', now });
  const names = Array.from({ length: 400 }, (_, n) => nameOf(n));
  await Promise.all(names.map((name) => putItem(item(name))));
  const token = await tokenFor(await createUser(freshName('lists'), ['user', '*', 'admin']));
  const list = async (query: Record<string, string>) => {
    const route = `GET ${users}?${new URLSearchParams({ limit: '100', ...query })}`;
    const { cost, answer } = await costs(200, route, { token });
    expect(cost.slice(0, 2), route).toEqual([5, 2]);
    return answer.map(({ username }: { username: string }) => username);
  };

  expect(await list({})).toHaveLength(100);
  expect(await list({ after: nameOf(100) })).toEqual(expect.arrayContaining(names.slice(101, 201)));
  for (const [from, query] of [
    [0, {}],
    [1, { after: nameOf(0) }],
    [138, { after: nameOf(137) }],
    [300, { after: nameOf(299) }],
    [350, { after: nameOf(349) }],
  ] as const) {
    expect(await list({ prefix, ...query })).toEqual(names.slice(from, from + 100));
  }
  expect(await list({ prefix: nameOf(33).slice(0, -1) })).toEqual(names.slice(30, 40));
}, 60_000);

it('counts as AWS does what its local table does not', () => {
  const text = (bytes: number) => ({ S: 'x'.repeat(bytes) });
  const item = (bytes: number) => ({ pk: { S: 'a' }, sk: { S: 'b' }, data: text(bytes) });
  const indexed = (bytes: number) => ({ ...item(bytes), gsi1pk: { S: 'c' }, gsi1sk: { S: 'd' } });
  const write = (...images: Parameters<typeof unitsOf>[2] & {}) =>
    unitsOf({ operation: 'TransactWriteItems', body: {} }, {}, images).write;
  // Each item is rounded up by itself, and counts twice, even one that is not there.
  expect(write([undefined, item(100)], [undefined, item(100)])).toBe(4);
  expect(write([item(1100), item(1100)], [undefined, undefined])).toBe(6);
  // The larger of what was there and what is.
  expect(write([item(3000), undefined])).toBe(6);
  expect(write([item(100), item(3000)])).toBe(6);
  // The index once, and only for what it keeps.
  expect(write([undefined, indexed(3000)])).toBe(7);
  expect(write([indexed(100), indexed(200)])).toBe(2);
  const user = (name: string) => ({ ...indexed(100), username: { S: name } });
  expect(write([user('a'), user('b')])).toBe(3);

  const ConsumedCapacity = [{ CapacityUnits: 1 }];
  const Keys = [{ pk: { S: 'a' } }, { pk: { S: 'b' } }, { pk: { S: 'c' } }];
  const batch = { RequestItems: { table: { Keys, ConsistentRead: true } } };
  const Responses = { table: [item(1)] };
  const UnprocessedKeys = { table: { Keys: [Keys[0]] } };
  expect(
    unitsOf(
      { operation: 'BatchGetItem', body: batch },
      { ConsumedCapacity, Responses, UnprocessedKeys },
    ).read,
  ).toBe(2);
  const query = (body: object) =>
    unitsOf({ operation: 'Query', body }, { ConsumedCapacity: { CapacityUnits: 0 } }).read;
  expect([query({ ConsistentRead: true }), query({})]).toEqual([1, 0.5]);
});
