import { describe, expect, it } from 'vitest';

import {
  call,
  createUser,
  everything,
  freshName,
  type Grant,
  newCaller,
  password,
  permissions,
  userAdmin,
  users,
} from '../support/api.ts';

const stars = Buffer.from('********').toString('base64');

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
    const { token } = await newCaller(grants, scope);
    expect((await call(`GET ${users}`, { token })).status).toBe(status);
  });

  it('shows the permissions of a scoped token as what grants and scope have in common', async () => {
    const { name, token } = await newCaller(
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
    const { name, token } = await newCaller([['user', target, 'read']]);
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
    const { token } = await newCaller([]);
    for (const route of ['GET', 'DELETE']) {
      expect((await call(`${route} ${users}/${freshName()}`, { token })).status).toBe(403);
    }
  });

  it('takes write for no read', async () => {
    const target = await createUser();
    const { token } = await newCaller([['user', target, 'write']]);
    expect((await call(`GET ${users}/${target}`, { token })).status).toBe(403);
  });

  it('compares the name in a grant on a user without regard to case', async () => {
    const target = freshName('Case');
    const { token } = await newCaller([['user', target.toUpperCase(), 'admin']]);
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
    const { token } = await newCaller([userAdmin, ...grants]);
    const name = freshName();
    const body = { password, initial_policies: permissions(policy) };
    const reply = await call(`POST ${users}/${name}`, { token, body });
    expect(reply.status).toBe(status);
    expect((await call(`GET ${users}/${name}`)).status).toBe(status === 201 ? 200 : 404);
  });

  it('holds through a scoped token too', async () => {
    const { token } = await newCaller([everything], [userAdmin]);
    const body = { password, initial_policies: permissions(['table', 't', 'read']) };
    const reply = await call(`POST ${users}/${freshName()}`, { token, body });
    expect(reply.status).toBe(403);
    expect(reply.body.error).toBe(
      `This needs the permission admin on table "t", which this token's scope does not cover.`,
    );
  });

  it('needs admin on the new user itself', async () => {
    const { token } = await newCaller([
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
    const { token } = await newCaller([...on('admin'), ['user', target, 'admin']]);
    const policies = permissions(...on('read'));
    const create = (initial_policies: object) =>
      call(`POST ${users}/${target}`, { token, body: { password, initial_policies } });
    const beyond = permissions(['table', 'table-49', 'read']);
    expect((await create([...policies, ...beyond])).status).toBe(403);
    expect((await create(policies)).status).toBe(201);
  });
});
