import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { digitsOf } from '../../lib/ids.ts';
import {
  call,
  createUser,
  everything,
  expecting,
  freshName,
  grantTo,
  keyFor,
  login,
  newCaller,
  password,
  permissions,
  revokeFrom,
  sessionFor,
  sessions,
  tokenFor,
  users,
} from '../support/api.ts';
import { putItem, readItem } from '../support/table.ts';

const me = (token: string) => call(`GET ${users}/me`, { token });

/** Refused by the function: the gateway's own 401 would name the header itself. */
const isRefused = async (token: string) => {
  const { status, headers, body } = await me(token);
  expect(status).toBe(401);
  expect(body.error).toContain('revoked');
  // API Gateway renames the header that a function sets.
  expect(headers.get('x-amzn-remapped-www-authenticate')).toContain('Bearer');
};

it('takes no token with another secret than the one stored', async () => {
  const name = await createUser(freshName(), everything);
  const [owner, id, secret = ''] = (await tokenFor(name)).split('.');
  const body = `${owner}.${id}.${secret.slice(0, 43).split('').reverse().join('')}`;
  expect((await me(body + digitsOf(crc32(body), 6))).status).toBe(401);
});

describe('what was revoked is refused at once though the gateway still knows the token', () => {
  it('a deleted key, on every path', async () => {
    const name = await createUser(freshName(), everything);
    const { key_id, encoded: token } = await keyFor(name);
    expect((await call(`GET ${users}`, { token })).status).toBe(200);
    await expecting(204, call(`DELETE ${users}/${name}/api-keys/${key_id}`));
    await isRefused(token);
    for (const route of [
      `GET ${users}`,
      `GET ${users}/${name}`,
      `GET ${users}/${name}/permissions`,
      `GET ${users}/${name}/api-keys`,
      `GET ${users}/${name}/audit-events`,
      `DELETE ${users}/${name}/sessions`,
      `DELETE ${users}/${name}`,
    ]) {
      expect((await call(route, { token })).status, route).toBe(401);
    }
    const body = { password };
    expect((await call(`POST ${users}/${freshName()}`, { token, body })).status).toBe(401);
    expect((await grantTo(name, ['table', 't', 'read'], token)).status).toBe(401);
  });

  it('a deleted key also where only a session would do', async () => {
    const name = await createUser();
    const { key_id, encoded: token } = await keyFor(name);
    expect((await me(token)).status).toBe(200);
    await expecting(204, call(`DELETE ${users}/${name}/api-keys/${key_id}`));
    expect((await call(`DELETE ${sessions}/current`, { token })).status).toBe(401);
    const { body } = await call(`GET ${users}/${name}/audit-events`);
    expect(body[0].operation).toBe('api-keys.delete');
  });

  it('a session, by logging out', async () => {
    const name = await createUser();
    const [one, other] = [await sessionFor(name), await sessionFor(name)];
    expect((await me(one)).status).toBe(200);
    await expecting(204, call(`DELETE ${sessions}/current`, { token: one }));
    await isRefused(one);
    expect(await readItem(name, `TOKEN#${one.split('.')[1]}`)).toBeUndefined();
    expect((await me(other)).status).toBe(200);
  });

  it('every session, and no key, by ending them all', async () => {
    const name = await createUser();
    const tokens = [await sessionFor(name), await sessionFor(name)];
    const key = await tokenFor(name);
    for (const token of [...tokens, key]) expect((await me(token)).status).toBe(200);
    await expecting(204, call(`DELETE ${users}/${name}/sessions`, { token: tokens[0] ?? '' }));
    for (const token of tokens) await isRefused(token);
    expect((await me(key)).status).toBe(200);
  });

  it('every session, and no key, by a new password', async () => {
    const name = await createUser();
    const token = await sessionFor(name);
    const key = await tokenFor(name);
    expect((await me(token)).status).toBe(200);
    const body = { new_password: `${password}2`, current_password: password };
    await expecting(200, call(`PUT ${users}/${name}/password`, { token, body }));
    await isRefused(token);
    expect((await me(key)).status).toBe(200);
    expect((await login(name)).status).toBe(401);
    expect((await login(name, { password: `${password}2` })).status).toBe(201);
  });

  it('a grant', async () => {
    const { name, token } = await newCaller([everything]);
    expect((await call(`GET ${users}`, { token })).status).toBe(200);
    await expecting(204, revokeFrom(name, everything));
    expect((await call(`GET ${users}`, { token })).status).toBe(403);
    expect((await me(token)).body.permissions).toEqual([]);
    await expecting(201, grantTo(name, everything));
    expect((await call(`GET ${users}`, { token })).status).toBe(200);
  });

  it('a grant that a scoped key rests on', async () => {
    const { name, token } = await newCaller([everything], [['user', '*', 'read']]);
    const target = await createUser();
    expect((await call(`GET ${users}/${target}`, { token })).status).toBe(200);
    await expecting(204, revokeFrom(name, everything));
    expect((await call(`GET ${users}/${target}`, { token })).status).toBe(403);
  });

  it('a user, and all its tokens after one of the same name was created', async () => {
    const name = await createUser(freshName(), everything);
    const tokens = [await tokenFor(name), await sessionFor(name)];
    for (const token of tokens) expect((await me(token)).status).toBe(200);
    await expecting(204, call(`DELETE ${users}/${name}`));
    for (const token of tokens) await isRefused(token);
    await createUser(name);
    for (const token of tokens) await isRefused(token);
    expect((await call(`GET ${users}/${name}/api-keys`)).body).toEqual([]);
  });

  it('a token that expired', async () => {
    const name = await createUser();
    const token = await tokenFor(name, { expires_in: '1s' });
    const session = (await expecting(201, login(name, { expires_in: '1s' }))).token;
    expect((await me(token)).status).toBe(200);
    expect((await me(session)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await isRefused(token);
    await isRefused(session);
    expect((await call(`GET ${users}/${name}/api-keys`)).body).toEqual([]);
  });
});

it('knows no key that is not among the live ones, whatever else lies in the table', async () => {
  const name = await createUser();
  const { key_id } = await keyFor(name);
  const item = await readItem(name, `TOKEN#${key_id}`);
  await expecting(204, call(`DELETE ${users}/${name}/api-keys/${key_id}`));
  expect(await readItem(name, `TOKEN#${key_id}`)).toBeUndefined();
  await putItem(item ?? {});
  expect((await call(`GET ${users}/${name}/api-keys`)).body).toEqual([]);
  expect((await call(`DELETE ${users}/${name}/api-keys/${key_id}`)).status).toBe(404);
});

describe('a recreated user inherits nothing', () => {
  it('even of items that the clean-up left', async () => {
    const name = await createUser(freshName(), ['table', 'orders', 'admin']);
    const grant = { pk: `USER#${name}`, sk: 'PERM#*', types: new Set(['*:admin']) };
    const { user_id } = (await readItem(name)) ?? {};
    await expecting(204, call(`DELETE ${users}/${name}`));
    await putItem({ ...grant, user_id });
    await createUser(name, ['table', 'own', 'read']);
    const token = await tokenFor(name);
    const { body } = await me(token);
    expect(body.permissions).toEqual(permissions(['table', 'own', 'read']));
    const listed = await call(`GET ${users}/${name}/permissions`);
    expect(listed.body).toEqual(permissions(['table', 'own', 'read']));
    expect((await call(`GET ${users}`, { token })).status).toBe(403);
    // Granted beside what was left, it is the new grant alone.
    await expecting(201, grantTo(name, ['table', '*', 'read']));
    const after = await me(token);
    expect(after.body.permissions).toEqual(
      permissions(['table', '*', 'read'], ['table', 'own', 'read']),
    );
  });
});
