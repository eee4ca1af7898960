import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import type { Caller } from '../../lib/standing.ts';
import { call, createUser, freshName, password, permissions, users } from '../support/api.ts';
import { bumpGrants, readItem, revoke, tokenFor } from '../support/principals.ts';

const { local } = inject('target');

/** Runs once, just before the next request of that operation: by default between decision and write. */
let meanwhile: () => Promise<unknown> = async () => {};
let before = 'TransactWriteItems';

/** Stands before the table and lets something happen just before a transaction is written. */
const proxy = createServer(async (http, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of http) chunks.push(chunk);
  if (String(http.headers['x-amz-target']).endsWith(`.${before}`)) {
    const once = meanwhile;
    meanwhile = async () => {};
    await once();
  }
  const onward = request(
    new URL(local?.endpoint ?? ''),
    { method: http.method ?? 'POST', headers: http.headers },
    (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    },
  );
  onward.end(Buffer.concat(chunks));
});

describe('a write that rests on a decision', () => {
  let lib: typeof import('../../lib/users.ts');

  beforeAll(async () => {
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', `http://127.0.0.1:${port}`);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    vi.stubEnv('TABLE_NAME', local?.table);
    vi.stubEnv('BCRYPT_COST', '4');
    vi.stubEnv('PASSWORD_MIN_LENGTH', '8');
    lib = await import('../../lib/users.ts');
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    proxy.close();
  });

  /** A global admin as the functions see it. */
  const admin = async () => {
    const name = await createUser(freshName('admin'), ['*', '*', 'admin']);
    const token = await tokenFor(name);
    const caller: Caller = {
      name,
      userId: (await readItem(name))?.user_id,
      tokenId: token.split('.')[1] ?? '',
    };
    return { name, token, caller };
  };

  const writes: [string, (caller: Caller, target: string) => Promise<unknown>][] = [
    [
      'creating',
      (caller) => lib.createUser(caller, { username: freshName('late'), password, policies: [] }),
    ],
    ['deleting', (caller, username) => lib.deleteUser(caller, username)],
    [
      'setting a password',
      (caller, username) => lib.setPassword(caller, { username, newPassword: `${password}2` }),
    ],
  ];

  it.each(writes)('fails when the token was revoked meanwhile: %s', async (_, write) => {
    const { name, token, caller } = await admin();
    const target = await createUser();
    const before = await readItem(target);
    meanwhile = () => revoke(name, token);
    await expect(write(caller, target)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await readItem(target)).toEqual(before);
  });

  it.each(writes)('fails when its caller was deleted meanwhile: %s', async (_, write) => {
    const { name, caller } = await admin();
    const target = await createUser();
    meanwhile = () => call(`DELETE ${users}/${name}`);
    await expect(write(caller, target)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await readItem(target)).toBeDefined();
  });

  it.each(writes)(
    'is decided anew when grants of the caller changed meanwhile: %s',
    async (_, write) => {
      const { name, caller } = await admin();
      const target = await createUser();
      meanwhile = () => bumpGrants(name, []);
      await expect(write(caller, target)).rejects.toMatchObject({ code: 'forbidden' });
      meanwhile = async () => {};
      await bumpGrants(name, ['*:admin']);
      meanwhile = () => bumpGrants(name, ['*:admin', '*:read']);
      await expect(write(caller, target)).resolves.not.toThrow();
    },
  );

  it.each(writes.slice(1))(
    'is decided anew when the target became stronger meanwhile: %s',
    async (_, write) => {
      const name = await createUser(freshName('admin'), ['user', '*', 'admin']);
      const token = await tokenFor(name);
      const userId = (await readItem(name))?.user_id;
      const caller: Caller = { name, userId, tokenId: token.split('.')[1] ?? '' };
      const target = await createUser();
      meanwhile = () => bumpGrants(target, ['*:admin']);
      await expect(write(caller, target)).rejects.toMatchObject({ code: 'forbidden' });
      expect(await readItem(target)).toBeDefined();
    },
  );

  it('tidies up after a deleted user without touching a new one of that name', async () => {
    const { caller } = await admin();
    const target = await createUser(freshName(), ['table', 'orders', 'read']);
    before = 'DeleteItem';
    meanwhile = () => createUser(target, ['table', 'orders', 'admin']);
    await lib.deleteUser(caller, target);
    before = 'TransactWriteItems';
    const token = await tokenFor(target);
    const { body } = await call(`GET ${users}/me`, { token });
    expect(body.permissions).toEqual(permissions(['table', 'orders', 'admin']));
  });
});
