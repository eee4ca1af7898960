import { describe, expect, it } from 'vitest';
import { mintToken } from '../../lib/tokens.ts';
import { call, createUser, freshName, password, permissions, users } from '../support/api.ts';
import {
  everything,
  newCaller,
  putItem,
  readItem,
  revoke,
  tokenFor,
} from '../support/principals.ts';

it('takes no token with another secret than the one stored', async () => {
  const name = await createUser(freshName(), ['*', '*', 'admin']);
  const { secretHash } = mintToken(name);
  const token = await tokenFor(name, { secret_hash: secretHash });
  expect((await call(`GET ${users}/me`, { token })).status).toBe(401);
});

describe('a token that no longer lives is refused though the gateway still knows it', () => {
  const isRefused = async (token: string) => {
    const { status, headers, body } = await call(`GET ${users}/me`, { token });
    expect(status).toBe(401);
    expect(body.error).toContain('revoked');
    // API Gateway renames the header that a function sets.
    expect(headers.get('x-amzn-remapped-www-authenticate')).toContain('Bearer');
  };

  it('after it was revoked', async () => {
    const { name, token } = await newCaller([everything]);
    expect((await call(`GET ${users}`, { token })).status).toBe(200);
    await revoke(name, token);
    await isRefused(token);
    expect((await call(`GET ${users}`, { token })).status).toBe(401);
    expect((await call(`GET ${users}/${name}`, { token })).status).toBe(401);
    expect((await call(`POST ${users}/${freshName()}`, { token, body: { password } })).status).toBe(
      401,
    );
  });

  it('after its user was deleted, and after one of the same name was created', async () => {
    const { name, token } = await newCaller([everything]);
    expect((await call(`GET ${users}`, { token })).status).toBe(200);
    await call(`DELETE ${users}/${name}`);
    await isRefused(token);
    await createUser(name);
    await isRefused(token);
  });

  it('after it expired', async () => {
    const name = await createUser();
    const token = await tokenFor(name, { expires_at: new Date(Date.now() + 700).toISOString() });
    expect((await call(`GET ${users}/me`, { token })).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 800));
    await isRefused(token);
  });
});

describe('a recreated user inherits nothing', () => {
  it('even of items that the clean-up left', async () => {
    const name = await createUser(freshName(), ['table', 'orders', 'admin']);
    const grant = { pk: `USER#${name}`, sk: 'PERM#*', types: new Set(['*:admin']) };
    const { user_id } = (await readItem(name)) ?? {};
    await call(`DELETE ${users}/${name}`);
    await putItem({ ...grant, user_id });
    await createUser(name, ['table', 'own', 'read']);
    const token = await tokenFor(name);
    const { body } = await call(`GET ${users}/me`, { token });
    expect(body.permissions).toEqual(permissions(['table', 'own', 'read']));
    expect((await call(`GET ${users}`, { token })).status).toBe(403);
  });
});
