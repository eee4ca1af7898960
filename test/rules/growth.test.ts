import { expect, it } from 'vitest';
import {
  call,
  createUser,
  expecting,
  freshName,
  type Grant,
  grantTo,
  keyFor,
  permissions,
  revokeFrom,
  tokenFor,
  users,
} from '../support/api.ts';
import { startProxiedStack } from '../support/stack.ts';
import { putGrants, TableName } from '../support/table.ts';

const count = 10_000;
const resourceOf = (n: number) => `orders-${String(n).padStart(5, '0')}`;

/** Grants read on so many resources. */
const grantMany = (name: string, resource_type: string): Promise<void> =>
  putGrants(
    name,
    Array.from({ length: count }, (_, n) => ({
      resource: resourceOf(n),
      resource_type,
      type: 'read',
    })),
  );

it('grants, decides and mints at the same cost whatever the number of grants, and lists them all', async () => {
  const [few, many] = [await createUser(freshName('few')), await createUser(freshName('many'))];
  await grantMany(many, 'table');
  for (const name of [few, many]) await grantTo(name, ['user', '*', 'admin']);
  const { proxy, call: callHere } = await startProxiedStack();

  /** What each operation asks of the table, and what that costs. */
  const costsOf = async (name: string) => {
    const token = await tokenFor(name);
    await callHere(`GET ${users}/me`, { token });
    const costs: Record<string, object> = {};
    const measure = async (title: string, status: number, asked: () => ReturnType<typeof call>) => {
      proxy.take();
      await expecting(status, asked());
      const requests = proxy.take();
      costs[title] = {
        operations: requests.map(({ operation }) => operation),
        units: requests.reduce((sum, { units }) => sum + units, 0),
      };
    };
    const body = { resource: 'new', resource_type: 'table', type: 'read' };
    const path = `${users}/${name}/permissions`;
    await measure('decide', 200, () => callHere(`GET ${users}?limit=1&prefix=few`, { token }));
    await measure('grant', 201, () => callHere(`POST ${path}`, { body }));
    await measure('grant again', 201, () => callHere(`POST ${path}`, { body }));
    await measure('revoke', 204, () =>
      callHere(`DELETE ${path}?resource=new&resourceType=table&type=read`),
    );
    await measure('mint', 201, () =>
      callHere(`POST ${users}/${name}/api-keys`, { token, body: { name: 'k' } }),
    );
    return costs;
  };
  const costs = await costsOf(few);
  expect(await costsOf(many)).toEqual(costs);
  expect(costs).toMatchObject({
    grant: { operations: ['TransactGetItems', 'TransactWriteItems'] },
    'grant again': { operations: ['TransactGetItems'] },
  });

  const listed = await expecting(200, call(`GET ${users}/${many}/permissions`));
  expect(listed).toHaveLength(count + 1);
  expect(listed[count]).toEqual({
    resource: resourceOf(count - 1),
    resource_type: 'table',
    type: 'read',
  });
  const { encoded: token } = await keyFor(many);
  const me = await expecting(200, call(`GET ${users}/me`, { token }));
  expect(me.permissions).toHaveLength(count + 1);

  // Rule C compares all that two accounts may do, and that does grow, but not with their product.
  const admin = await createUser(freshName('admin'), ['user', '*', 'admin']);
  await grantMany(admin, 'table');
  const { encoded: adminToken } = await keyFor(admin);
  const body = { name: 'k', permissions: permissions(['table', resourceOf(1), 'read']) };
  const covered = await call(`POST ${users}/${many}/api-keys`, { token: adminToken, body });
  expect(covered.status).toBe(201);
  await revokeFrom(admin, ['table', resourceOf(7000), 'read']);
  const beyond = await call(`DELETE ${users}/${many}`, { token: adminToken });
  expect(beyond.status).toBe(403);
  expect(beyond.body.error).toContain(resourceOf(7000));
  expect((await call(`DELETE ${users}/${many}`)).status).toBe(204);
  expect((await call(`GET ${users}/me`, { token })).status).toBe(401);
}, 90_000);

it('shows what fits of what a wide scope makes of many grants, and where there is more', async () => {
  const kinds = Array.from({ length: 50 }, (_, i): Grant => [`kind-${i}`, '*', 'read']);
  const name = await createUser(freshName(), ...kinds);
  const { encoded: token } = await keyFor(name, { scope: kinds });
  await grantMany(name, '*');
  const { status, body, headers } = await call(`GET ${users}/me`, { token });
  expect(status).toBe(200);
  const bytes = JSON.stringify(body.permissions).length;
  expect(bytes).toBeGreaterThan(4_900_000);
  expect(bytes).toBeLessThanOrEqual(5_000_001);
  const next = /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
  expect(next).toMatch(new RegExp(`${users}/${name}/permissions$`));
  expect((await call(`GET ${next}`, { token })).body).toHaveLength(count + 50);
}, 60_000);

it('decides in one request of at most six read units, whatever the number of grants', async () => {
  const [few, many] = [await createUser(freshName('few')), await createUser(freshName('many'))];
  await grantTo(few, ['table', resourceOf(1), 'read']);
  await grantMany(many, 'table');
  const service = await tokenFor(await createUser(freshName('service'), ['user', '*', 'read']));
  const { proxy, call: callHere } = await startProxiedStack();
  const ask = async (api: string, token: string, body: object) => {
    proxy.take();
    const answer = await expecting(200, callHere(`POST /access/v1/${api}`, { token, body }));
    const requests = proxy.take();
    // Each of at most 4 KB, so one unit: AWS counts those too that are not there.
    const items = requests.flatMap(({ body }) => body.RequestItems?.[TableName]?.Keys ?? []);
    const units = requests.reduce((sum, { units }) => sum + units, 0);
    return { answer, requests: requests.length, items: items.length, units };
  };
  for (const name of [few, many]) {
    const subject = { type: 'user', id: name };
    const action = { name: 'read' };
    const resource = { type: 'table', id: resourceOf(1) };
    const token = await tokenFor(name);
    for (const asker of [service, token]) await callHere(`GET ${users}/me`, { token: asker });

    const one = await ask('evaluation', service, { subject, action, resource });
    expect(one).toMatchObject({ requests: 1, items: 6, answer: { decision: true } });
    expect(one.units).toBeLessThanOrEqual(6);
    const own = await ask('evaluation', token, { subject, action, resource });
    expect(own).toMatchObject({ requests: 1, items: 3, answer: { decision: true } });
    // Who only administers that very resource is found to by a second request.
    const admin = await createUser(freshName('admin'), ['table', resource.id, 'admin']);
    const adminToken = await tokenFor(admin);
    await callHere(`GET ${users}/me`, { token: adminToken });
    const third = await ask('evaluation', adminToken, { subject, action, resource });
    expect(third).toMatchObject({ requests: 2, items: 7, answer: { decision: true } });
    const actions = await ask('search/action', service, { subject, resource });
    expect(actions).toMatchObject({ requests: 1, items: 6 });

    const evaluations = Array.from({ length: 100 }, (_, i) => ({
      resource: { type: 'table', id: resourceOf(i) },
    }));
    const batch = await ask('evaluations', service, { subject, action, evaluations });
    // Caller and subject with their grants on `*`, one on the subject, and one a resource; 100 a request.
    expect(batch).toMatchObject({ requests: 2, items: 105 });
    const decisions = batch.answer.evaluations.map(
      ({ decision }: { decision: boolean }) => decision,
    );
    expect(decisions.filter(Boolean)).toHaveLength(name === many ? 100 : 1);

    const page = { limit: 10 };
    const found = await ask('search/resource', service, {
      subject,
      action,
      resource: { type: 'table' },
      page,
    });
    expect(found.answer.results).toHaveLength(name === many ? 10 : 1);
    expect(found.requests).toBe(2);
    expect(found.units).toBeLessThanOrEqual(10);
  }
}, 60_000);
