import { beforeAll, expect, it } from 'vitest';
import {
  call,
  createUser,
  everything,
  expecting,
  freshName,
  keyFor,
  login,
  password,
  permissions,
  revokeFrom,
  sessionFor,
  tokenFor,
  users,
} from '../support/api.ts';
import { stubFunctionEnv } from '../support/lib.ts';
import { readItem, startInterruptedProxy } from '../support/table.ts';

let bootstrapAdmin: typeof import('../../lib/bootstrap.ts').bootstrapAdmin;
let meanwhile: Awaited<ReturnType<typeof startInterruptedProxy>>['meanwhile'];

beforeAll(async () => {
  const proxy = await startInterruptedProxy();
  meanwhile = proxy.meanwhile;
  stubFunctionEnv(proxy.endpoint);
  ({ bootstrapAdmin } = await import('../../lib/bootstrap.ts'));
  return proxy.close;
});

const statusOf = async (token: string) => (await call(`GET ${users}/me`, { token })).status;

it('makes a global admin whose token works', async () => {
  const name = freshName('Root');
  const { username, token } = await bootstrapAdmin(name, 'request');
  expect(username).toBe(name);
  const { body } = await call(`GET ${users}/me`, { token });
  expect(body).toEqual({ username: name, permissions: permissions(everything) });
  const [event] = (await call(`GET ${users}/${name}/audit-events`)).body;
  expect(event).toMatchObject({
    operation: 'bootstrap',
    actor: 'bootstrap',
    request_id: 'request',
  });
  expect(JSON.stringify(event)).not.toContain(token);
});

it('takes an account back: nothing that opened it before does, and its grants stay', async () => {
  const name = await createUser(freshName('Taken'), ['table', '*', 'read'], ['table', 'a', 'read']);
  const tokens = [await sessionFor(name), await tokenFor(name)];
  const before = await readItem(name);
  const { username, token } = await bootstrapAdmin(name.toUpperCase(), 'request');
  expect(username).toBe(name);
  for (const old of tokens) expect(await statusOf(old)).toBe(401);
  expect((await login(name, { password })).status).toBe(401);
  expect(await statusOf(token)).toBe(200);
  const after = await readItem(name);
  expect(after?.user_id).toBe(before?.user_id);
  expect(after?.grants_version).toBe(before?.grants_version + 1);
  const granted = (await call(`GET ${users}/${name}/permissions`)).body;
  expect(granted).toHaveLength(3);
  expect(granted).toEqual(
    expect.arrayContaining(permissions(everything, ['table', '*', 'read'], ['table', 'a', 'read'])),
  );
  const keys = (await call(`GET ${users}/${name}/api-keys`)).body;
  expect(keys.map((key: { name: string }) => key.name)).toEqual(['bootstrap']);
});

it.each<[string, (name: string) => Promise<unknown>]>([
  [
    'made anew',
    async (name) => {
      await expecting(204, call(`DELETE ${users}/${name}`));
      await createUser(name);
    },
  ],
  ['changed in its grants', (name) => expecting(204, revokeFrom(name, ['table', '*', 'read']))],
])('takes back no account that was %s meanwhile', async (_, change) => {
  const name = await createUser(freshName(), ['table', '*', 'read']);
  meanwhile(() => change(name));
  await expect(bootstrapAdmin(name, 'request')).rejects.toMatchObject({ code: 'conflict' });
  expect((await call(`GET ${users}/${name}/permissions`)).body).toEqual([]);
});

it('makes none whose name was taken meanwhile', async () => {
  const name = freshName();
  meanwhile(() => createUser(name));
  await expect(bootstrapAdmin(name, 'request')).rejects.toMatchObject({ code: 'conflict' });
  const { encoded } = await keyFor(name);
  expect((await call(`GET ${users}`, { token: encoded })).status).toBe(403);
});
