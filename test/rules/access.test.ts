import { describe, expect, it } from 'vitest';
import { mintToken } from '../../lib/tokens.ts';
import { call, createUser, freshName, password, permissions, users } from '../support/api.ts';
import { putItem, readItem, revoke, tokenFor } from '../support/principals.ts';

type Grant = [resource_type: string, resource: string, type: string];
const stars = Buffer.from('********').toString('base64');
const newPassword = { new_password: 'newS3cr3tP@sswOrd' };

/** A caller with grants, perhaps through a scoped token. */
const caller = async (grants: Grant[], scope?: Grant[]) => {
  const name = await createUser(freshName('caller'), ...grants);
  const token = await tokenFor(name, scope ? { scope: permissions(...scope) as never } : {});
  return { name, token };
};

const everything: Grant = ['*', '*', 'admin'];
const userAdmin: Grant = ['user', '*', 'admin'];

describe('who may do what', () => {
  it.each<[string, Grant[], Grant[] | undefined, number]>([
    ['nothing', [], undefined, 403],
    ['admin on users', [userAdmin], undefined, 200],
    ['admin on everything', [everything], undefined, 200],
    ['read on users', [['user', '*', 'read']], undefined, 403],
    ['admin on one user', [['user', 'x', 'admin']], undefined, 403],
    ['admin on every table', [['table', '*', 'admin']], undefined, 403],
    ['everything, through a token for a table', [everything], [['table', 't', 'read']], 403],
    ['everything, through a token for users', [everything], [userAdmin], 200],
    ['nothing, through a token for everything', [], [everything], 403],
    ['everything, through a token for nothing', [everything], [], 403],
  ])('listing users with %s', async (_, grants, scope, status) => {
    const { token } = await caller(grants, scope);
    expect((await call(`GET ${users}`, { token })).status).toBe(status);
  });

  it('shows the permissions of a scoped token as what grants and scope have in common', async () => {
    const { name, token } = await caller(
      [userAdmin, ['*', 'orders', 'read']],
      [
        ['user', 'bob', 'read'],
        ['table', '*', 'admin'],
      ],
    );
    const { body } = await call(`GET ${users}/me`, { token });
    expect(body.username).toBe(name);
    expect(body.permissions).toHaveLength(2);
    expect(body.permissions).toEqual(
      expect.arrayContaining(permissions(['user', 'bob', 'read'], ['table', 'orders', 'read'])),
    );
  });

  it('lets everyone read itself, and others only with read, and hashes only with admin', async () => {
    const target = await createUser(freshName('Target'));
    const { name, token } = await caller([['user', target, 'read']]);
    const other = await createUser();
    expect((await call(`GET ${users}/${name}`, { token })).body).toEqual({
      username: name,
      password_hash: stars,
    });
    expect((await call(`GET ${users}/${target}`, { token })).body.password_hash).toBe(stars);
    const refused = await call(`GET ${users}/${other}`, { token });
    expect(refused.status).toBe(403);
    expect(refused.body.error).toBe(`This needs the permission read on user "${other}".`);
  });

  it('does not tell who may not know whether a user exists', async () => {
    const { token } = await caller([]);
    for (const route of ['GET', 'DELETE']) {
      expect((await call(`${route} ${users}/${freshName()}`, { token })).status).toBe(403);
    }
  });

  it('takes write for no read', async () => {
    const target = await createUser();
    const { token } = await caller([['user', target, 'write']]);
    expect((await call(`GET ${users}/${target}`, { token })).status).toBe(403);
  });

  it('compares the name in a grant on a user without regard to case', async () => {
    const target = freshName('Case');
    const { token } = await caller([['user', target.toUpperCase(), 'admin']]);
    const created = await call(`POST ${users}/${target}`, { token, body: { password } });
    expect(created.status).toBe(201);
  });
});

describe('rule G: whoever gives a permission holds admin on what it is about', () => {
  it.each<[string, Grant[], Grant, number]>([
    ['a table it administers', [['table', 'orders', 'admin']], ['table', 'orders', 'read'], 201],
    [
      'admin on a table it administers',
      [['table', 'orders', 'admin']],
      ['table', 'orders', 'admin'],
      201,
    ],
    [
      'every table as admin of every table',
      [['table', '*', 'admin']],
      ['table', '*', 'admin'],
      201,
    ],
    ['a table it can only read', [['table', 'orders', 'read']], ['table', 'orders', 'read'], 403],
    ['another table', [['table', 'orders', 'admin']], ['table', 'users', 'read'], 403],
    ['every table as admin of one', [['table', 'orders', 'admin']], ['table', '*', 'read'], 403],
    ['every type as admin of one', [['table', 'orders', 'admin']], ['*', 'orders', 'read'], 403],
    ['everything', [['table', '*', 'admin']], ['*', '*', 'admin'], 403],
  ])('creating a user with %s', async (_, grants, policy, status) => {
    const { token } = await caller([userAdmin, ...grants]);
    const name = freshName();
    const body = { password, initial_policies: permissions(policy) };
    const reply = await call(`POST ${users}/${name}`, { token, body });
    expect(reply.status).toBe(status);
    expect((await call(`GET ${users}/${name}`)).status).toBe(status === 201 ? 200 : 404);
  });

  it('holds through a scoped token too', async () => {
    const { token } = await caller([everything], [userAdmin]);
    const body = { password, initial_policies: permissions(['table', 't', 'read']) };
    const reply = await call(`POST ${users}/${freshName()}`, { token, body });
    expect(reply.status).toBe(403);
    expect(reply.body.error).toBe('This needs the permission admin on table "t".');
  });

  it('needs admin on the new user itself', async () => {
    const { token } = await caller([
      ['table', '*', 'admin'],
      ['user', '*', 'write'],
    ]);
    const reply = await call(`POST ${users}/${freshName()}`, { token, body: { password } });
    expect(reply.status).toBe(403);
  });

  it('lets each of many policies rest on a grant of its own', async () => {
    const on = (type: string) =>
      Array.from({ length: 49 }, (_, i): Grant => ['table', `table-${i}`, type]);
    const target = freshName();
    const { token } = await caller([...on('admin'), ['user', target, 'admin']]);
    const policies = permissions(...on('read'));
    const create = (initial_policies: object) =>
      call(`POST ${users}/${target}`, { token, body: { password, initial_policies } });
    const beyond = permissions(['table', 'table-49', 'read']);
    expect((await create([...policies, ...beyond])).status).toBe(403);
    expect((await create(policies)).status).toBe(201);
  });
});

describe('rule C: nobody climbs through another account', () => {
  it.each<[string, Grant[], Grant[], boolean]>([
    ['a user without grants', [userAdmin], [], true],
    ['a user with the same grant', [userAdmin], [userAdmin], true],
    ['a user with less', [userAdmin, ['table', '*', 'admin']], [['table', 'orders', 'read']], true],
    ['a user with another grant', [userAdmin], [['table', 'orders', 'read']], false],
    ['a global admin', [userAdmin], [everything], false],
    ['a global admin, as one', [everything], [everything], true],
  ])('taking over %s', async (_, grants, targetGrants, works) => {
    const { token } = await caller(grants);
    const target = await createUser(freshName('target'), ...targetGrants);
    const before = (await call(`GET ${users}/${target}`)).body;
    const reset = await call(`PUT ${users}/${target}/password`, { token, body: newPassword });
    expect(reset.status).toBe(works ? 200 : 403);
    if (!works) {
      expect(reset.body.error).toContain('you do not cover');
      expect((await call(`GET ${users}/${target}`)).body).toEqual(before);
    }
    const deleted = await call(`DELETE ${users}/${target}`, { token });
    expect(deleted.status).toBe(works ? 204 : 403);
    expect((await call(`GET ${users}/${target}`)).status).toBe(works ? 404 : 200);
  });

  it('counts what a scoped token may do, not what its owner could', async () => {
    const { token } = await caller([everything], [userAdmin]);
    const target = await createUser(freshName(), ['table', 'orders', 'read']);
    expect((await call(`DELETE ${users}/${target}`, { token })).status).toBe(403);
  });
});

describe('rule L: there is always a global admin', () => {
  it('refuses a global admin that deletes itself', async () => {
    const { name, token } = await caller([everything]);
    const reply = await call(`DELETE ${users}/${name}`, { token });
    expect(reply.status).toBe(409);
    expect((await call(`GET ${users}/me`, { token })).status).toBe(200);
  });

  it('lets only one of two admins deleting each other win', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b] = await Promise.all([caller([everything]), caller([everything])]);
      const replies = await Promise.all([
        call(`DELETE ${users}/${a.name}`, { token: b.token }),
        call(`DELETE ${users}/${b.name}`, { token: a.token }),
      ]);
      const won = replies.filter(({ status }) => status === 204);
      expect(won).toHaveLength(1);
      expect([401, 404]).toContain(replies.find(({ status }) => status !== 204)?.status);
    }
  });

  it('lets a user with admin on itself alone go', async () => {
    const name = freshName();
    await createUser(name, ['user', name, 'admin']);
    const token = await tokenFor(name);
    expect((await call(`DELETE ${users}/${name}`, { token })).status).toBe(204);
    expect((await call(`GET ${users}/me`, { token })).status).toBe(401);
  });
});

describe('the own password', () => {
  const change = (name: string, token: string, body: object) =>
    call(`PUT ${users}/${name}/password`, { token, body });

  it('changes with the current one, and with nothing less', async () => {
    const { name, token } = await caller([]);
    const without = await change(name, token, newPassword);
    expect(without.status).toBe(403);
    expect(without.body.error).toContain('current_password');
    const wrong = { ...newPassword, current_password: 'notTheP@sswOrd' };
    expect((await change(name, token, wrong)).status).toBe(403);
    const tooLong = { ...newPassword, current_password: password.padEnd(73, 'x') };
    expect((await change(name, token, tooLong)).status).toBe(403);
    const right = { ...newPassword, current_password: password };
    expect((await change(name, token, right)).status).toBe(200);
    expect((await change(name, token, right)).status).toBe(403);
  });

  it('of another user is not changed by knowing it', async () => {
    const { token } = await caller([]);
    const target = await createUser();
    const body = { ...newPassword, current_password: password };
    expect((await change(target, token, body)).status).toBe(403);
  });
});

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
    const { name, token } = await caller([everything]);
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
    const { name, token } = await caller([everything]);
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
