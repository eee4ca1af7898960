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
import { putGrants } from '../support/table.ts';

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
  proxy.count();

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
        units: requests.map(({ units }) => units),
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
