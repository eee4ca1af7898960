import { beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../lib/standing.ts';
import {
  call,
  createUser,
  everything,
  expecting,
  freshName,
  type Grant,
  grantTo,
  keyFor,
  password,
  permissions,
  revokeFrom,
  tokenFor,
  userAdmin,
  users,
} from '../support/api.ts';
import { stubFunctionEnv } from '../support/lib.ts';
import { putItem, readItem, startInterruptedProxy } from '../support/table.ts';

/** Runs once, just before the next request of that operation: by default between decision and write. */
let meanwhile: Awaited<ReturnType<typeof startInterruptedProxy>>['meanwhile'];

const everyItemOf = async (name: string) => ({
  user: await readItem(name),
  permissions: (await call(`GET ${users}/${name}/permissions`)).body,
  keys: (await call(`GET ${users}/${name}/api-keys`)).body,
});

describe('a write that rests on a decision', () => {
  let lib: typeof import('../../lib/users.ts') &
    typeof import('../../lib/permissions.ts') &
    typeof import('../../lib/api-keys.ts') &
    typeof import('../../lib/sessions.ts');

  let removeRemains: typeof import('../../lib/table/remains.ts').removeRemains;

  beforeAll(async () => {
    const proxy = await startInterruptedProxy();
    meanwhile = proxy.meanwhile;
    stubFunctionEnv(proxy.endpoint);
    lib = {
      ...(await import('../../lib/users.ts')),
      ...(await import('../../lib/permissions.ts')),
      ...(await import('../../lib/api-keys.ts')),
      ...(await import('../../lib/sessions.ts')),
    };
    ({ removeRemains } = await import('../../lib/table/remains.ts'));
    return proxy.close;
  });

  /** A caller as the functions see it. */
  const callerWith = async (grant: Grant) => {
    const name = await createUser(freshName('admin'), grant);
    const { key_id: tokenId } = await keyFor(name);
    const userId = (await readItem(name))?.user_id;
    const origin = { requestId: 'test', sourceAddress: '192.0.2.1' };
    const caller: Caller = { username: name, name, userId, tokenId, ...origin };
    return { name, tokenId, caller };
  };

  const order = permissions(['table', 'orders', 'write'])[0] as Parameters<
    typeof lib.grantPermission
  >[2];
  const held: Grant = ['table', 'orders', 'read'];
  const sessionOf = (username: string) =>
    expecting(201, call('POST /api/v1/sessions', { token: null, body: { username, password } }));

  /** Every privileged write: on an account of its own, which `target` makes. */
  const writes: [string, (caller: Caller, target: string) => Promise<unknown>][] = [
    [
      'creating',
      (caller) =>
        lib.createUser(caller, { username: freshName('late'), secret: { password }, policies: [] }),
    ],
    ['granting', (caller, username) => lib.grantPermission(caller, username, order)],
    [
      'revoking',
      (caller, username) => lib.revokePermissions(caller, username, { ...order, type: 'read' }),
    ],
    ['ending sessions', (caller, username) => lib.deleteSessions(caller, username)],
    [
      'deleting a key',
      async (caller, username) => {
        const { body } = await call(`GET ${users}/${username}/api-keys`);
        return lib.deleteApiKey(caller, username, body[0].key_id);
      },
    ],
    ['minting', (caller, username) => lib.createApiKey(caller, username, { name: 'late' })],
    [
      'setting a password',
      (caller, username) => lib.setPassword(caller, { username, newPassword: `${password}2` }),
    ],
    ['deleting', (caller, username) => lib.deleteUser(caller, username)],
  ];
  const newTarget = async () => {
    const target = await createUser(freshName('target'), held);
    await keyFor(target);
    await sessionOf(target);
    return target;
  };

  it.each(writes)('fails when the token was revoked meanwhile: %s', async (_, write) => {
    const { name, tokenId, caller } = await callerWith(everything);
    const target = await newTarget();
    const were = await everyItemOf(target);
    meanwhile(() => expecting(204, call(`DELETE ${users}/${name}/api-keys/${tokenId}`)));
    await expect(write(caller, target)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await everyItemOf(target)).toEqual(were);
  });

  it.each(writes)('fails when its caller was deleted meanwhile: %s', async (_, write) => {
    const { name, caller } = await callerWith(everything);
    const target = await newTarget();
    const were = await everyItemOf(target);
    meanwhile(() => expecting(204, call(`DELETE ${users}/${name}`)));
    await expect(write(caller, target)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await everyItemOf(target)).toEqual(were);
  });

  it.each(writes)(
    'is decided anew when the caller lost its grants meanwhile: %s',
    async (_, write) => {
      const { name, caller } = await callerWith(everything);
      const target = await newTarget();
      const were = await everyItemOf(target);
      meanwhile(() => expecting(204, revokeFrom(name, everything)));
      await expect(write(caller, target)).rejects.toMatchObject({ code: 'forbidden' });
      expect(await everyItemOf(target)).toEqual(were);
      await expecting(201, grantTo(name, everything));
      meanwhile(() => expecting(201, grantTo(name, ['*', '*', 'read'])));
      await expect(write(caller, target)).resolves.not.toThrow();
    },
  );

  it.each(writes.filter(([title]) => /^(minting|setting|deleting$)/.test(title)))(
    'is decided anew when the target became stronger meanwhile: %s',
    async (_, write) => {
      const { name, caller } = await callerWith(userAdmin);
      await expecting(201, grantTo(name, held));
      const target = await newTarget();
      meanwhile(() => expecting(201, grantTo(target, everything)));
      await expect(write(caller, target)).rejects.toMatchObject({ code: 'forbidden' });
      expect(await readItem(target)).toBeDefined();
      expect((await call(`GET ${users}/${target}/api-keys`)).body).toHaveLength(1);
    },
  );

  it.each(writes.slice(1))(
    'fails when the target was deleted and made anew meanwhile: %s',
    async (title, write) => {
      const { caller } = await callerWith(everything);
      const target = await newTarget();
      meanwhile(async () => {
        await expecting(204, call(`DELETE ${users}/${target}`));
        await createUser(target, ['table', 'other', 'read']);
      });
      const done = await write(caller, target).then(
        () => 'done',
        ({ code }) => code,
      );
      // Decided anew, on the new user: these find there what they need.
      const again = ['granting', 'ending sessions', 'minting', 'setting a password', 'deleting'];
      expect(done).toBe(again.includes(title) ? 'done' : 'not_found');
      if (title === 'deleting') return;
      const { body } = await call(`GET ${users}/${target}/permissions`);
      const granted: Grant[] = title === 'granting' ? [['table', 'orders', 'write']] : [];
      expect(body).toEqual(
        expect.arrayContaining(permissions(['table', 'other', 'read'], ...granted)),
      );
      expect(body).toHaveLength(1 + granted.length);
    },
  );

  const ownWrites: [string, (caller: Caller, sessionId: string) => Promise<unknown>][] = [
    ['granting', (caller) => lib.grantPermission(caller, caller.name, order)],
    [
      'revoking',
      (caller) => lib.revokePermissions(caller, caller.name, { ...order, type: 'read' }),
    ],
    ['minting', (caller) => lib.createApiKey(caller, caller.name, { name: 'late' })],
    ['ending sessions', (caller) => lib.deleteSessions(caller, caller.name)],
    ['logging out', (caller, tokenId) => lib.deleteCurrentSession({ ...caller, tokenId })],
    [
      'deleting another key',
      async (caller) => {
        const { body } = await call(`GET ${users}/${caller.name}/api-keys`);
        return lib.deleteApiKey(caller, caller.name, body[1].key_id);
      },
    ],
    [
      'setting the password',
      (caller) =>
        lib.setPassword(caller, {
          username: caller.name,
          newPassword: `${password}2`,
          currentPassword: password,
        }),
    ],
    ['deleting', (caller) => lib.deleteUser(caller, caller.name)],
  ];

  it.each(ownWrites)(
    "fails on one's own account when the token was revoked meanwhile: %s",
    async (_, write) => {
      const { name, tokenId, caller } = await callerWith(['user', '*', 'admin']);
      await expecting(201, grantTo(name, ['table', '*', 'admin']));
      await expecting(201, grantTo(name, held));
      await keyFor(name);
      const session = (await sessionOf(name)).token.split('.')[1];
      const revoke = () =>
        Promise.all([
          expecting(204, call(`DELETE ${users}/${name}/api-keys/${tokenId}`)),
          expecting(204, call(`DELETE ${users}/${name}/sessions`)),
        ]);
      let after: unknown;
      meanwhile(async () => {
        await revoke();
        after = await everyItemOf(name);
      });
      await expect(write(caller, session)).rejects.toMatchObject({ code: 'unauthenticated' });
      expect(await everyItemOf(name)).toEqual(after);
    },
  );

  it('takes no current password that an administrator replaced meanwhile', async () => {
    const { name, caller } = await callerWith(held);
    const body = { new_password: `${password}3` };
    meanwhile(() => expecting(200, call(`PUT ${users}/${name}/password`, { body })));
    const change = { username: name, newPassword: `${password}2`, currentPassword: password };
    await expect(lib.setPassword(caller, change)).rejects.toMatchObject({ code: 'wrong_password' });
  });

  it('mints no hundred-and-first key beside one that came meanwhile', async () => {
    const { caller } = await callerWith(everything);
    const target = await createUser();
    for (let i = 0; i < 9; i++) await Promise.all(Array.from({ length: 11 }, () => keyFor(target)));
    meanwhile(() => keyFor(target));
    await expect(lib.createApiKey(caller, target, { name: 'late' })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await call(`GET ${users}/${target}/api-keys`)).body).toHaveLength(100);
  });

  it('ends another session than the one that a login ended meanwhile', async () => {
    const { createSession } = lib;
    const target = await createUser();
    const login = () =>
      createSession(
        { requestId: 'test', sourceAddress: '192.0.2.1' },
        { username: target, password },
      );
    for (let i = 0; i < 10; i++)
      await Promise.all(Array.from({ length: 10 }, () => sessionOf(target)));
    const before = Object.keys((await readItem(target))?.sessions).sort();
    meanwhile(() => sessionOf(target));
    await login();
    const after = Object.keys((await readItem(target))?.sessions).sort();
    expect(after).toHaveLength(100);
    expect(after.slice(0, 98)).toEqual(before.slice(2));
  });

  it('grants beside another grant on the same resource that came meanwhile', async () => {
    const { caller } = await callerWith(everything);
    const target = await createUser();
    meanwhile(() => expecting(201, grantTo(target, held)));
    await lib.grantPermission(caller, target, order);
    const { body } = await call(`GET ${users}/${target}/permissions`);
    expect(body).toEqual(permissions(held, ['table', 'orders', 'write']));
  });

  it('deletes a key once, though two do at once', async () => {
    const { caller } = await callerWith(everything);
    const target = await createUser();
    const { key_id } = await keyFor(target);
    meanwhile(() => expecting(204, call(`DELETE ${users}/${target}/api-keys/${key_id}`)));
    await expect(lib.deleteApiKey(caller, target, key_id)).rejects.toMatchObject({
      code: 'not_found',
    });
    const own = (await keyFor(caller.name)).key_id;
    meanwhile(() => expecting(204, call(`DELETE ${users}/${caller.name}/api-keys/${own}`)));
    await expect(lib.deleteApiKey(caller, caller.name, own)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('grants beside what was revoked on the same resource meanwhile', async () => {
    const { caller } = await callerWith(everything);
    const target = await createUser(freshName(), held);
    meanwhile(() => expecting(204, revokeFrom(target, held)));
    await lib.grantPermission(caller, target, order);
    const { body } = await call(`GET ${users}/${target}/permissions`);
    expect(body).toEqual(permissions(['table', 'orders', 'write']));
  });

  it('leaves nothing of two types revoked at once', async () => {
    const { caller } = await callerWith(everything);
    const target = await createUser(freshName(), held, ['table', 'orders', 'write']);
    meanwhile(() => expecting(204, revokeFrom(target, ['table', 'orders', 'write'])));
    await lib.revokePermissions(caller, target, { ...order, type: 'read' });
    expect(await readItem(target, 'PERM#orders')).toBeUndefined();
    expect((await call(`GET ${users}/${target}/permissions`)).body).toEqual([]);
  });

  it('gives no hundred-and-first permission on a resource beside one that came meanwhile', async () => {
    const { caller } = await callerWith(everything);
    const kinds = Array.from({ length: 99 }, (_, i): Grant => [`kind-${i}`, 'one', 'read']);
    const target = await createUser(freshName(), ...kinds.slice(0, 50));
    for (const grant of kinds.slice(50)) await expecting(201, grantTo(target, grant));
    meanwhile(() => expecting(201, grantTo(target, ['kind-99', 'one', 'read'])));
    const last = { resource: 'one', resource_type: 'kind-100', type: 'read' as const };
    await expect(lib.grantPermission(caller, target, last)).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('revokes all on a resource without losing a grant of another type that came meanwhile', async () => {
    const { caller } = await callerWith(everything);
    const target = await createUser(freshName(), held);
    meanwhile(() => expecting(201, grantTo(target, ['queue', 'orders', 'read'])));
    await lib.revokePermissions(caller, target, { resource: 'orders', resource_type: 'table' });
    const { body } = await call(`GET ${users}/${target}/permissions`);
    expect(body).toEqual(permissions(['queue', 'orders', 'read']));
  });

  it('makes room by an expired key once, however many keys come at once', async () => {
    const name = await createUser();
    const token = await tokenFor(name);
    const soon = await keyFor(name, { expires_in: '1s' });
    for (let i = 0; i < 7; i++) {
      await Promise.all(Array.from({ length: 14 }, () => keyFor(name, { token })));
    }
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const body = { name: 'another' };
    const mint = () => call(`POST ${users}/${name}/api-keys`, { token, body });
    const replies = await Promise.all(Array.from({ length: 6 }, mint));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    const keys = (await call(`GET ${users}/${name}/api-keys`)).body;
    expect(keys).toHaveLength(100);
    expect(JSON.stringify(keys)).not.toContain(soon.key_id);
  });

  it('tidies up what earlier users of a name left, and nothing of the living', async () => {
    const target = await createUser(freshName(), ['table', 'orders', 'read']);
    const { pk, user_id } = (await readItem(target)) ?? {};
    await expecting(204, call(`DELETE ${users}/${target}`));
    const left = { pk, sk: 'PERM#left', user_id, types: new Set(['table:read']) };
    await putItem(left);
    await createUser(target, ['table', 'own', 'read']);
    expect(await readItem(target, 'PERM#left')).toBeDefined();
    await removeRemains({ pk });
    expect(await readItem(target, 'PERM#left')).toBeUndefined();
    expect(await readItem(target, 'PERM#own')).toBeDefined();
    await putItem(left);
    await expecting(204, call(`DELETE ${users}/${target}`));
    for (const sk of ['#USER', 'PERM#left', 'PERM#own']) {
      expect(await readItem(target, sk)).toBeUndefined();
    }
  });

  it('tidies up after a deleted user without touching a new one of that name', async () => {
    const { caller } = await callerWith(everything);
    const target = await createUser(freshName(), ['table', 'orders', 'read']);
    meanwhile(() => createUser(target, ['table', 'orders', 'admin']), 'DeleteItem');
    await lib.deleteUser(caller, target);
    const token = await tokenFor(target);
    const { body } = await call(`GET ${users}/me`, { token });
    expect(body.permissions).toEqual(permissions(['table', 'orders', 'admin']));
  });
});
