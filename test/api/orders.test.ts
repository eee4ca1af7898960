import type { AddressInfo } from 'node:net';
import { expect, inject, it, onTestFinished } from 'vitest';
import { createOrders } from '../examples/orders.ts';
import {
  createUser,
  freshName,
  type Grant,
  grantTo,
  revokeFrom,
  sessionFor,
  tokenFor,
} from '../support/api.ts';

/** An orders service that runs, and a customer of it. */
const startOrders = async (...grants: Grant[]) => {
  const service = await createUser(freshName('orders-service'));
  const name = await createUser(freshName('customer'), ...grants);
  const server = createOrders({
    bailiwick: inject('target').baseUrl,
    key: await tokenFor(service),
    cookies: new Map([['id=1', name]]),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const order = async (method: string, headers: Record<string, string>) => {
    const response = await fetch(`http://127.0.0.1:${port}/orders/1001`, { method, headers });
    return { status: response.status, body: await response.json() };
  };
  return { service, name, order };
};
const readOrder: Grant = ['order', '1001', 'read'];

it('protects a service that knows its users itself, and asks with one key', async () => {
  const { service, name, order } = await startOrders(readOrder);
  const cookie = { Cookie: 'id=1' };
  // A key that may not ask opens nothing.
  expect((await order('GET', cookie)).status).toBe(503);
  await grantTo(service, ['user', '*', 'read']);

  expect(await order('GET', cookie)).toEqual({ status: 200, body: { order: 'two pizzas' } });
  expect(await order('PUT', cookie)).toEqual({
    status: 403,
    body: { error: `${name} is not granted write on order "1001".` },
  });
  expect((await order('GET', { Cookie: 'id=2' })).status).toBe(401);
  await revokeFrom(name, readOrder);
  expect((await order('GET', cookie)).status).toBe(403);
  await grantTo(name, ['order', '*', 'admin']);
  expect(await order('PUT', cookie)).toEqual({ status: 200, body: { order: 'changed' } });
});

it('protects a service whose users come with tokens, by their scope too', async () => {
  const { name, order } = await startOrders(['order', '*', 'admin']);
  const by = (token: string) => ({ Authorization: `Bearer ${token}` });
  expect((await order('PUT', by(await sessionFor(name)))).status).toBe(200);
  const narrow = by(await tokenFor(name, { scope: [readOrder] }));
  expect((await order('GET', narrow)).status).toBe(200);
  expect((await order('PUT', narrow)).status).toBe(403);
  await revokeFrom(name, ['order', '*', 'admin']);
  expect((await order('GET', narrow)).status).toBe(403);
  expect((await order('GET', by('nonsense'))).status).toBe(401);
});
