import { describe, expect, it } from 'vitest';
import {
  call,
  createUser,
  expecting,
  freshName,
  type Grant,
  keyFor,
  permissions,
  sessionFor,
  tokenFor,
  users,
} from '../support/api.ts';

const read: Grant = ['table', 'orders', 'read'];
const keysOf = async (name: string) => (await call(`GET ${users}/${name}/api-keys`)).body;
const mint = (name: string, body: object) => call(`POST ${users}/${name}/api-keys`, { body });

describe('POST /users/{userName}/api-keys', () => {
  it('shows a new key this once, and the key works at once', async () => {
    const name = await createUser(freshName('Owner'), read);
    const before = Date.now();
    const { status, body } = await mint(name, { name: 'ci' });
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        key_id: expect.stringMatching(/^[0-9A-Za-z]{20}$/),
        name: 'ci',
        username: name,
        created_at: expect.any(String),
        key_secret: expect.stringMatching(/^[0-9A-Za-z]{43}$/),
        encoded: expect.any(String),
      },
    });
    expect(body.encoded).toContain(`.${body.key_id}.${body.key_secret}`);
    expect(Date.parse(body.created_at)).toBeGreaterThanOrEqual(before);
    const me = await call(`GET ${users}/me`, { token: body.encoded });
    expect(me.body).toEqual({ username: name, permissions: permissions(read) });
  });

  it('limits a key to its permissions and its time', async () => {
    const name = await createUser(freshName(), read, ['table', 'users', 'admin']);
    const scope = permissions(read);
    const { body } = await mint(name, { name: 'narrow', permissions: scope, expires_in: '720h' });
    expect(body.permissions).toEqual(scope);
    expect(Date.parse(body.expires_at) - Date.parse(body.created_at)).toBeCloseTo(720 * 3.6e6, -2);
    const me = await call(`GET ${users}/me`, { token: body.encoded });
    expect(me.body.permissions).toEqual(scope);
  });

  it('takes a hundred live keys and no more, however many come at once', async () => {
    const name = await createUser();
    const token = await tokenFor(name);
    for (let i = 0; i < 9; i++) {
      await Promise.all(Array.from({ length: 10 }, () => keyFor(name, { token })));
    }
    const last = await Promise.all(
      Array.from({ length: 16 }, (_, i) => mint(name, { name: `last ${i}` })),
    );
    expect(last.filter(({ status }) => status === 201)).toHaveLength(9);
    const refused = last.filter(({ status }) => status !== 201);
    expect(refused[0]).toMatchObject({
      status: 409,
      body: { error: 'This user has 100 API keys, the most there may be: delete one first.' },
    });
    const keys = await keysOf(name);
    expect(keys).toHaveLength(100);
    await expecting(204, call(`DELETE ${users}/${name}/api-keys/${keys[0].key_id}`));
    expect((await mint(name, { name: 'again' })).status).toBe(201);
  });

  it('counts no key that has expired', async () => {
    const name = await createUser();
    const soon = { expires_in: '1s' };
    for (let i = 0; i < 10; i++) {
      await Promise.all(Array.from({ length: 10 }, () => keyFor(name, soon)));
    }
    await new Promise((resolve) => setTimeout(resolve, 2000));
    expect((await mint(name, { name: 'next' })).status).toBe(201);
    expect(await keysOf(name)).toHaveLength(1);
  });

  const duration = 'expires_in must be a duration such as 720h, 1h30m or 45s.';
  it.each<[string, object, string]>([
    ['no name', {}, 'name is missing.'],
    ['an empty name', { name: '' }, 'name must be 1 to 128 characters without control characters.'],
    [
      'a long name',
      { name: 'x'.repeat(129) },
      'name must be 1 to 128 characters without control characters.',
    ],
    ['days', { name: 'k', expires_in: '30d' }, duration],
    ['no unit', { name: 'k', expires_in: '3600' }, duration],
    ['a number', { name: 'k', expires_in: 3600 }, duration],
    ['an empty duration', { name: 'k', expires_in: '' }, duration],
    ['some 300 years', { name: 'k', expires_in: '2600000h' }, duration],
    ['a negative duration', { name: 'k', expires_in: '-1h' }, 'expires_in must not be negative.'],
    ['no time', { name: 'k', expires_in: '0' }, 'expires_in must be at least 1s.'],
    ['less than a second', { name: 'k', expires_in: '999ms' }, 'expires_in must be at least 1s.'],
    [
      'permissions that are no list',
      { name: 'k', permissions: {} },
      'permissions must be a list of at most 50 permissions.',
    ],
    [
      'fifty-one permissions',
      { name: 'k', permissions: permissions(...Array(51).fill(read)) },
      'permissions must be a list of at most 50 permissions.',
    ],
    [
      'permissions of more than 8 KB',
      {
        name: 'k',
        permissions: permissions(...Array(40).fill(['table', 'x'.repeat(250), 'read'])),
      },
      'permissions must be at most 8 KB of JSON.',
    ],
    [
      'a secret of its own',
      { name: 'k', key_secret: 'x' },
      'key_secret is not known here: leave it out.',
    ],
  ])('refuses %s', async (_, body, error) => {
    const name = await createUser(freshName(), read);
    expect(await mint(name, body)).toMatchObject({ status: 400, body: { error } });
    expect(await keysOf(name)).toEqual([]);
  });

  it('gives a key made with one that expires no longer than that', async () => {
    const name = await createUser(freshName(), read);
    const parent = (await mint(name, { name: 'parent', expires_in: '1h' })).body;
    const by = (body: object) =>
      call(`POST ${users}/${name}/api-keys`, {
        token: parent.encoded,
        body: { name: 'k', ...body },
      });
    expect((await by({})).body.expires_at).toBe(parent.expires_at);
    expect((await by({ expires_in: '2h' })).body.expires_at).toBe(parent.expires_at);
    expect((await by({ expires_in: '1m' })).body.expires_at < parent.expires_at).toBe(true);
    const token = await sessionFor(name);
    const own = await call(`POST ${users}/${name}/api-keys`, { token, body: { name: 'k' } });
    expect(own.body).not.toHaveProperty('expires_at');
  });

  it('refuses a scope beyond what its owner may do, and names the permission', async () => {
    const name = await createUser(freshName(), read);
    const reply = await mint(name, {
      name: 'k',
      permissions: permissions(['table', 'orders', 'write']),
    });
    expect(reply.status).toBe(403);
    expect(reply.body.error).toBe(
      'A key for this user needs the user to have the permission write on table "orders".',
    );
  });

  it('is 404 for an unknown user', async () => {
    expect((await mint(freshName('nobody'), { name: 'k' })).status).toBe(404);
  });
});

describe('GET /users/{userName}/api-keys', () => {
  it('lists keys, the oldest first, never sessions or secrets', async () => {
    const name = await createUser(freshName(), read);
    const first = (await mint(name, { name: 'first', permissions: permissions(read) })).body;
    const second = (await mint(name, { name: 'second', expires_in: '1h' })).body;
    await sessionFor(name);
    const shown = ({ key_secret: _, encoded: __, ...key }: Record<string, unknown>) => key;
    expect(await keysOf(name)).toEqual([shown(first), shown(second)]);
  });

  it('says when a key was last used, within the hour', async () => {
    const name = await createUser();
    const { encoded } = await keyFor(name);
    expect((await keysOf(name))[0]).not.toHaveProperty('last_used_at');
    const before = Date.now();
    await call(`GET ${users}/me`, { token: encoded });
    const [key] = await keysOf(name);
    expect(Date.parse(key.last_used_at)).toBeGreaterThanOrEqual(before - 1);
    await call(`GET ${users}/me`, { token: encoded });
    expect((await keysOf(name))[0].last_used_at).toBe(key.last_used_at);
  });

  it('is for its owner and its administrators', async () => {
    const name = await createUser();
    const token = await tokenFor(name);
    expect((await call(`GET ${users}/${name}/api-keys`, { token })).status).toBe(200);
    const reader = await tokenFor(await createUser(freshName(), ['user', name, 'read']));
    expect((await call(`GET ${users}/${name}/api-keys`, { token: reader })).status).toBe(403);
    const admin = await tokenFor(await createUser(freshName(), ['user', name, 'admin']));
    expect((await call(`GET ${users}/${name}/api-keys`, { token: admin })).status).toBe(200);
    expect((await call(`GET ${users}/${freshName('nobody')}/api-keys`)).status).toBe(404);
  });
});

describe('DELETE /users/{userName}/api-keys/{keyId}', () => {
  it('ends that key alone', async () => {
    const name = await createUser();
    const [gone, kept] = [await keyFor(name), await keyFor(name)];
    const path = `DELETE ${users}/${name}/api-keys/${gone.key_id}`;
    expect(await call(path)).toMatchObject({ status: 204, body: undefined });
    expect((await call(`GET ${users}/me`, { token: gone.encoded })).status).toBe(401);
    expect((await call(`GET ${users}/me`, { token: kept.encoded })).status).toBe(200);
    expect(await call(path)).toMatchObject({
      status: 404,
      body: { error: `The user ${name} has no API key of that id.` },
    });
  });

  it('is 404 for what is no key of that user', async () => {
    const [name, other] = [await createUser(), await createUser()];
    const { key_id } = await keyFor(other);
    const session = (await sessionFor(name)).split('.')[1];
    for (const id of [key_id, session, 'x', '%23USER', 'x'.repeat(1100), '*']) {
      const reply = await call(`DELETE ${users}/${name}/api-keys/${id}`);
      expect(reply.status, id).toBe(404);
    }
    expect((await call(`DELETE ${users}/${freshName('nobody')}/api-keys/${key_id}`)).status).toBe(
      404,
    );
    expect((await keysOf(other)).length).toBe(1);
  });
});
