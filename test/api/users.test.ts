import { describe, expect, it } from 'vitest';
import { call, createUser, freshName, password, permissions, users } from '../support/api.ts';

const decode = (hash: string) => Buffer.from(hash, 'base64').toString();

describe('GET /users/me', () => {
  it('says who the token stands for and what it may do', async () => {
    const { status, body } = await call(`GET ${users}/me`);
    expect(status).toBe(200);
    expect(typeof body.username).toBe('string');
    expect(body.permissions).toContainEqual({ resource: '*', resource_type: '*', type: 'admin' });
  });
});

describe('POST /users/{userName}', () => {
  it('creates the user of the path and answers its hash in base64', async () => {
    const name = freshName('JohnDoe');
    const { status, body } = await call(`POST ${users}/${name}`, {
      body: {
        username: 'someone-else',
        password,
        initial_policies: permissions(['table', 'orders_table', 'read']),
      },
    });
    expect({ status, body }).toEqual({
      status: 201,
      body: { username: name, password_hash: expect.any(String) },
    });
    expect(decode(body.password_hash)).toMatch(/^\$2b\$\d\d\$[./0-9A-Za-z]{53}$/);
    expect((await call(`GET ${users}/someone-else`)).status).toBe(404);
  });

  it('takes a name once, whatever its case and Unicode form', async () => {
    const name = freshName('Ärger');
    await createUser(name);
    for (const spelling of [name, name.toUpperCase(), name.normalize('NFD').toLowerCase()]) {
      const path = `${users}/${encodeURIComponent(spelling)}`;
      const { status, body } = await call(`POST ${path}`, { body: { password } });
      expect(status).toBe(409);
      expect(body.error).toContain('already a user');
      expect((await call(`GET ${path}`)).body.username).toBe(name);
    }
  });

  it('lets exactly one of many creations of a name at once win', async () => {
    // Several rounds: in the first the functions are still starting, one after another.
    for (let round = 0; round < 5; round++) {
      const name = freshName('race');
      const replies = await Promise.all(
        Array.from({ length: 12 }, () => call(`POST ${users}/${name}`, { body: { password } })),
      );
      const statuses = replies.map(({ status }) => status).sort();
      expect(statuses).toEqual([201, ...Array(11).fill(409)]);
    }
  });

  it('takes 50 policies and refuses 51', async () => {
    const policies = (count: number) =>
      permissions(
        ...Array.from({ length: count }, (_, i): [string, string, string] => [
          'table',
          `t${i}`,
          'read',
        ]),
      );
    const name = freshName();
    const tooMany = await call(`POST ${users}/${name}`, {
      body: { password, initial_policies: policies(51) },
    });
    expect(tooMany.status).toBe(400);
    expect(tooMany.body.error).toContain('initial_policies');
    const enough = await call(`POST ${users}/${name}`, {
      body: { password, initial_policies: policies(50) },
    });
    expect(enough.status).toBe(201);
  });
});

describe('GET /users/{userName}', () => {
  it('answers name as written and hash to an admin', async () => {
    const name = await createUser(freshName('Mixed.Case+1@example_x'));
    const { status, body } = await call(`GET ${users}/${encodeURIComponent(name.toLowerCase())}`);
    expect(status).toBe(200);
    expect(body.username).toBe(name);
    expect(decode(body.password_hash)).toMatch(/^\$2b\$/);
  });

  it('answers 404 for a user that there is not', async () => {
    const { status, body } = await call(`GET ${users}/${freshName('nobody')}`);
    expect(status).toBe(404);
    expect(body.error).toContain('nobody');
  });
});

describe('PUT /users/{userName}/password', () => {
  it('changes the hash', async () => {
    const name = await createUser();
    const before = (await call(`GET ${users}/${name}`)).body.password_hash;
    const { status, body } = await call(`PUT ${users}/${name}/password`, {
      body: { new_password: 'newS3cr3tP@sswOrd' },
    });
    expect({ status, body }).toEqual({
      status: 200,
      body: { message: 'Operation completed successfully' },
    });
    expect((await call(`GET ${users}/${name}`)).body.password_hash).not.toBe(before);
  });

  it('answers 404 for a user that there is not', async () => {
    const body = { new_password: 'newS3cr3tP@sswOrd' };
    expect((await call(`PUT ${users}/${freshName()}/password`, { body })).status).toBe(404);
  });
});

describe('DELETE /users/{userName}', () => {
  it('removes the user for good', async () => {
    const name = await createUser(freshName(), ['table', 'orders', 'read']);
    const gone = await call(`DELETE ${users}/${name}`);
    expect(gone.status).toBe(204);
    expect(gone.body).toBeUndefined();
    expect((await call(`GET ${users}/${name}`)).status).toBe(404);
    expect((await call(`DELETE ${users}/${name}`)).status).toBe(404);
    const listed = await call(`GET ${users}?prefix=${name}`);
    expect(listed.body).toEqual([]);
  });
});
