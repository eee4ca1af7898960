import { describe, expect, it } from 'vitest';
import {
  call,
  createUser,
  freshName,
  type Grant,
  grantTo,
  permissions,
  revokeFrom,
  tokenFor,
  users,
} from '../support/api.ts';

const read: Grant = ['table', 'orders', 'read'];
const write: Grant = ['table', 'orders', 'write'];
const granted = async (name: string) => (await call(`GET ${users}/${name}/permissions`)).body;

describe('GET /users/{userName}/permissions', () => {
  it('lists what a user is granted, by resource', async () => {
    const name = await createUser(
      freshName(),
      ['table', 'b', 'read'],
      ['queue', 'ä', 'admin'],
      read,
    );
    const reply = await call(`GET ${users}/${name}/permissions`);
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual(permissions(['table', 'b', 'read'], read, ['queue', 'ä', 'admin']));
    expect(reply.headers.get('link')).toBeNull();
    expect(await granted(await createUser())).toEqual([]);
  });

  it('begins after the resource given', async () => {
    const name = await createUser(
      freshName(),
      ['table', 'a', 'read'],
      ['table', 'b', 'read'],
      read,
    );
    const { body } = await call(`GET ${users}/${name}/permissions?after=a`);
    expect(body).toEqual(permissions(['table', 'b', 'read'], read));
    const beyond = await call(`GET ${users}/${name}/permissions?after=orders`);
    expect(beyond.body).toEqual([]);
  });

  it('is 404 for who may know that there is no such user', async () => {
    const reply = await call(`GET ${users}/${freshName('nobody')}/permissions`);
    expect(reply).toMatchObject({
      status: 404,
      body: { error: expect.stringContaining('no user') },
    });
  });
});

describe('POST /users/{userName}/permissions', () => {
  it('grants, and again is again 201 and the same', async () => {
    const name = await createUser();
    const token = await tokenFor(name);
    for (let i = 0; i < 2; i++) {
      const { status, body } = await grantTo(name, read);
      expect({ status, body }).toEqual({
        status: 201,
        body: { message: 'Operation completed successfully' },
      });
    }
    await grantTo(name, write);
    await grantTo(name, ['queue', 'orders', 'read']);
    expect(await granted(name)).toEqual(permissions(['queue', 'orders', 'read'], read, write));
    const { body } = await call(`GET ${users}/me`, { token });
    expect(body.permissions).toEqual(await granted(name));
  });

  it('grants many at once, each once', async () => {
    const name = await createUser();
    const all = Array.from({ length: 16 }, (_, i): Grant => [`kind-${i % 4}`, `r${i % 3}`, 'read']);
    const replies = await Promise.all([...all, ...all].map((grant) => grantTo(name, grant)));
    expect(replies.map(({ status }) => status)).toEqual(Array(32).fill(201));
    expect((await granted(name)).length).toBe(new Set(all.map(String)).size);
  });

  it('knows a user resource in any case as one', async () => {
    const name = await createUser();
    await grantTo(name, ['user', 'JohnDoe', 'read']);
    expect(await granted(name)).toEqual(permissions(['user', 'johndoe', 'read']));
    expect((await revokeFrom(name, ['user', 'JOHNDOE', 'read'])).status).toBe(204);
    expect(await granted(name)).toEqual([]);
  });

  it('takes a hundred on one resource and no more', async () => {
    const kinds = Array.from({ length: 100 }, (_, i): Grant => [`kind-${i}`, 'one', 'read']);
    const name = await createUser(freshName(), ...kinds.slice(0, 50));
    for (const grant of kinds.slice(50)) expect((await grantTo(name, grant)).status).toBe(201);
    const over = await grantTo(name, ['kind-100', 'one', 'read']);
    expect(over.status).toBe(409);
    expect(over.body.error).toContain('100 permissions on this resource');
    expect((await grantTo(name, kinds[3] as Grant)).status).toBe(201);
    expect((await grantTo(name, ['kind-100', 'another', 'read'])).status).toBe(201);
  });

  it.each<[string, unknown, string]>([
    ['no type', { resource: 'a', resource_type: 'table' }, 'type is missing.'],
    ['no resource', { resource_type: 'table', type: 'read' }, 'resource is missing.'],
    [
      'an unknown type',
      { resource: 'a', resource_type: 'table', type: 'own' },
      'type must be read, write or admin.',
    ],
    ['a list', permissions(read), 'The body must be a JSON object.'],
    [
      'an unknown member',
      { ...permissions(read)[0], until: 'tomorrow' },
      'until is not known here: leave it out.',
    ],
    [
      'a user of more bytes, once folded, than can be kept',
      { resource: 'ﷺ'.repeat(256), resource_type: 'user', type: 'read' },
      'resource must be 1 to 256 characters (at most 1000 bytes) without control characters.',
    ],
    [
      'a user that folds to the star that stands for all',
      { resource: '＊', resource_type: 'user', type: 'read' },
      'resource must be 1 to 256 characters (at most 1000 bytes) without control characters.',
    ],
  ])('refuses %s', async (_, body, error) => {
    const name = await createUser();
    const reply = await call(`POST ${users}/${name}/permissions`, { body });
    expect(reply).toMatchObject({ status: 400, body: { error } });
    expect(await granted(name)).toEqual([]);
  });

  it('is 404 for an unknown user', async () => {
    expect((await grantTo(freshName('nobody'), read)).status).toBe(404);
  });
});

describe('DELETE /users/{userName}/permissions', () => {
  it('revokes one, or without a type all of that resource type on that resource', async () => {
    const queue: Grant = ['queue', 'orders', 'admin'];
    const other: Grant = ['table', 'other', 'read'];
    const name = await createUser(freshName(), read, write, queue, other);
    const { status, body } = await revokeFrom(name, write);
    expect({ status, body }).toEqual({ status: 204, body: undefined });
    expect(await granted(name)).toEqual(permissions(queue, read, other));
    await grantTo(name, write);
    expect((await revokeFrom(name, ['table', 'orders', ''])).status).toBe(204);
    expect(await granted(name)).toEqual(permissions(queue, other));
    expect((await revokeFrom(name, ['queue', 'orders', ''])).status).toBe(204);
    expect(await granted(name)).toEqual(permissions(other));
  });

  it('takes * for the grant on *, not for every grant', async () => {
    const name = await createUser(freshName(), read, ['*', '*', 'read']);
    expect((await revokeFrom(name, ['*', '*', ''])).status).toBe(204);
    expect(await granted(name)).toEqual(permissions(read));
  });

  it.each<[string, string, number, string]>([
    ['nothing', '', 400, 'resource is missing.'],
    ['no resourceType', '?resource=orders', 400, 'resourceType is missing.'],
    ['no resource', '?resourceType=table', 400, 'resource is missing.'],
    [
      'an unknown type',
      '?resource=orders&resourceType=table&type=own',
      400,
      'type must be read, write or admin.',
    ],
    [
      'the member name of the body',
      '?resource=orders&resourceType=table&resource_type=table',
      400,
      'resource_type is not known here: leave it out.',
    ],
    [
      'a user that folds to the star that stands for all',
      `?resource=${encodeURIComponent('＊')}&resourceType=user`,
      400,
      'resource must be 1 to 256 characters (at most 1000 bytes) without control characters.',
    ],
    [
      'one twice',
      '?resource=orders&resource=a&resourceType=table',
      400,
      'resource must be given once.',
    ],
    [
      'a permission that is not held',
      '?resource=orders&resourceType=table&type=admin',
      404,
      'This user does not have the permission admin on table "orders".',
    ],
    [
      'a resource without one',
      '?resource=none&resourceType=table',
      404,
      'This user has no permission on table "none".',
    ],
  ])('refuses %s', async (_, query, status, error) => {
    const name = await createUser(freshName(), read);
    const reply = await call(`DELETE ${users}/${name}/permissions${query}`);
    expect(reply).toMatchObject({ status, body: { error } });
    expect(await granted(name)).toEqual(permissions(read));
  });

  it('is 404 for an unknown user', async () => {
    expect((await revokeFrom(freshName('nobody'), read)).status).toBe(404);
  });
});
