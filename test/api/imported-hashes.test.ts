import { beforeAll, describe, expect, it } from 'vitest';
import {
  call,
  expecting,
  freshName,
  login,
  newCaller,
  password,
  permissions,
  tokenFor,
  userAdmin,
  users,
} from '../support/api.ts';
import {
  argon2idHashes,
  bcryptHashes,
  long,
  malformedArgon2id,
  quickArgon2id,
  umlaut,
} from '../support/hashes.ts';

const encoded = (hash: string) => Buffer.from(hash).toString('base64');
const importUser = async (hash: string, name = freshName('imported')) => {
  const body = { password_hash: encoded(hash) };
  const created = await expecting(201, call(`POST ${users}/${name}`, { body }));
  expect(created).toEqual({ username: name, password_hash: encoded(hash) });
  return name;
};
const hashOf = async (name: string) => {
  const { password_hash } = await expecting(200, call(`GET ${users}/${name}`));
  return Buffer.from(password_hash, 'base64').toString();
};
const statusOf = async (name: string, tried: string) =>
  (await login(name, { password: tried })).status;

/** The cost of new hashes here, of two digits. */
let cost: string;
beforeAll(async () => {
  const name = freshName();
  await expecting(201, call(`POST ${users}/${name}`, { body: { password } }));
  cost = (await hashOf(name)).slice(4, 6);
});

describe('a user with a hash from another system', () => {
  it.each(Object.entries({ ...bcryptHashes, ...argon2idHashes }))(
    'logs in with its password, and with no other: %s',
    async (_, hash) => {
      const name = await importUser(hash);
      expect(await hashOf(name)).toBe(hash);
      expect(await statusOf(name, `${password}2`)).toBe(401);
      expect(await statusOf(name, '')).toBe(401);
      expect(await hashOf(name)).toBe(hash);
      expect(await statusOf(name, password)).toBe(201);
      const renewed = await hashOf(name);
      // Of the current cost and prefix already, it need not be.
      expect(renewed === hash).toBe(hash.startsWith(`$2b$${cost}$`));
      expect(renewed.slice(0, 7)).toBe(`$2b$${cost}$`);
      expect(await statusOf(name, `${password}2`)).toBe(401);
      expect(await statusOf(name, password)).toBe(201);
      expect(await hashOf(name)).toBe(renewed);
    },
  );

  it('keeps a password that bcrypt cannot hold, and its hash', async () => {
    const name = await importUser(long.hash);
    for (let n = 0; n < 2; n++) expect(await statusOf(name, long.password)).toBe(201);
    expect(await statusOf(name, long.password.slice(0, 72))).toBe(401);
    expect(await hashOf(name)).toBe(long.hash);
  });

  it.each<[string, string, string]>([
    ['as it was hashed, not normalized', umlaut.hashOfNfd, umlaut.nfd],
    ['the same by bcrypt', umlaut.bcryptOfNfd, umlaut.nfd],
    ['normalized, however it is typed', umlaut.hashOfNfc, umlaut.nfd],
    ['normalized, as it was hashed', umlaut.hashOfNfc, umlaut.nfc],
  ])('is known by its password %s, and then by it in any form', async (_, hash, typed) => {
    const name = await importUser(hash);
    expect(await statusOf(name, typed)).toBe(201);
    expect(await hashOf(name)).toMatch(/^\$2b\$/);
    for (const form of [umlaut.nfc, umlaut.nfd]) expect(await statusOf(name, form)).toBe(201);
  });

  it('changes its password by the one that it came with', async () => {
    const name = await importUser(quickArgon2id);
    const token = await tokenFor(name);
    const change = (current_password: string) =>
      call(`PUT ${users}/${name}/password`, {
        token,
        body: { new_password: `${password}2`, current_password },
      });
    expect((await change(`${password}3`)).status).toBe(403);
    expect((await change(password)).status).toBe(200);
    expect(await hashOf(name)).toMatch(/^\$2b\$/);
    expect(await statusOf(name, password)).toBe(401);
    expect(await statusOf(name, `${password}2`)).toBe(201);
  });

  it.each([bcryptHashes.$2y$, quickArgon2id])(
    'waits after five wrong passwords like others: %s',
    async (hash) => {
      const name = await importUser(hash);
      for (let n = 0; n < 5; n++) expect(await statusOf(name, 'notTheP@sswOrd')).toBe(401);
      const waiting = await login(name);
      expect(waiting.status).toBe(429);
      expect(waiting.headers.get('retry-after')).toBe('1');
      expect(await hashOf(name)).toBe(hash);
    },
  );

  it('has policies from the beginning, and the history says where its password came from', async () => {
    const policies = permissions(['table', 'orders', 'read']);
    const name = freshName('imported');
    const body = { password_hash: encoded(quickArgon2id), initial_policies: policies };
    await expecting(201, call(`POST ${users}/${name}`, { body }));
    expect((await call(`GET ${users}/${name}/permissions`)).body).toEqual(policies);
    const [event] = (await call(`GET ${users}/${name}/audit-events`)).body;
    expect(event).toMatchObject({
      operation: 'users.create',
      after: { username: name, permissions: policies, password: 'imported' },
    });
    expect(JSON.stringify(event)).not.toContain('argon2id');
    expect((await call(`POST ${users}/${name}`, { body })).status).toBe(409);
  });

  it('is created as it was exported', async () => {
    const name = freshName('exported');
    await expecting(201, call(`POST ${users}/${name}`, { body: { password } }));
    const { password_hash } = (await call(`GET ${users}/${name}`)).body;
    await expecting(204, call(`DELETE ${users}/${name}`));
    await expecting(201, call(`POST ${users}/${name}`, { body: { password_hash } }));
    expect(await statusOf(name, password)).toBe(201);
  });

  it('is created by its administrators alone, with what they administer', async () => {
    const name = freshName('imported');
    const policies = permissions(['table', 'orders', 'read']);
    const body = { password_hash: encoded(quickArgon2id) };
    const by = async (body: object, ...grants: Parameters<typeof newCaller>[0]) => {
      const { token } = await newCaller(grants);
      return (await call(`POST ${users}/${name}`, { token, body })).status;
    };
    expect(await by(body)).toBe(403);
    expect(await by(body, ['user', '*', 'write'])).toBe(403);
    expect(await by({ ...body, initial_policies: policies }, userAdmin)).toBe(403);
    expect((await call(`GET ${users}/${name}`)).status).toBe(404);
    expect(await by(body, ['user', name, 'admin'])).toBe(201);
  });
});

const rule =
  'password_hash must be base64 of a bcrypt hash ($2a$, $2b$ or $2y$) or of an argon2id hash ($argon2id$v=19$m=…,t=…,p=…$salt$hash).';
const argon2idRule =
  'password_hash must be of argon2id with m at most 131072, t and p at most 16, m times t at most 262144, m at least 8 times p, a salt of 8 to 64 bytes and a hash of 16 to 64 bytes.';

const { $2b$ } = bcryptHashes;
const quick = (from: string | RegExp, to: string) => quickArgon2id.replace(from, to);
const unpadded = (bytes: number) => Buffer.alloc(bytes, 7).toString('base64').replace(/=+$/, '');

describe('a hash that is not taken', () => {
  const refuses = async (body: object, error: string) => {
    const name = freshName('refused');
    expect(await call(`POST ${users}/${name}`, { body })).toMatchObject({
      status: 400,
      body: { error },
    });
    expect((await call(`GET ${users}/${name}`)).status).toBe(404);
  };

  it.each<[string, string]>([
    ...Object.entries(malformedArgon2id),
    ['of $2x$', $2b$.replace('$2b$', '$2x$')],
    ['of $2$', $2b$.replace('$2b$', '$2$')],
    ['of bcrypt, cut', $2b$.slice(0, -1)],
    ['of bcrypt, and one more', `${$2b$}i`],
    ['of bcrypt and a line', `${$2b$}\n`],
    ['of bcrypt at cost 3', $2b$.replace('$04$', '$03$')],
    ['of bcrypt at cost 32', $2b$.replace('$04$', '$32$')],
    ['of bcrypt at a cost of one digit', `${$2b$.replace('$04$', '$4$')}i`],
    ['of bcrypt with another alphabet', $2b$.replace('Z', '+')],
    ['of bcrypt with bits set in its salt that mean nothing', $2b$.replace('tOLp', 'tPLp')],
    ['of bcrypt with bits set that mean nothing', $2b$.replace(/i$/, 'j')],
    ['of another kind', '$6$rounds=5000$saltstring$hash'],
    ['of md5', '5f4dcc3b5aa765d61d8327deb882cf99'],
    ['that hides one', '********'],
    ['with a NUL', `${$2b$.slice(0, -1)}\0`],
    ['of nothing', ''],
    ['that is long', `$argon2id$${'$'.repeat(10_000)}`],
  ])('is one %s', async (_, hash) => {
    await refuses({ password_hash: encoded(hash) }, rule);
  });

  it.each<[string, string]>([
    ['m of 128 MiB and more', quick('m=64', 'm=131073')],
    ['m that is huge', quick('m=64', 'm=9999999999')],
    ['t of 17', quick('t=1', 't=17')],
    ['t that is huge', quick('t=1', 't=4294967296')],
    ['p of 17', quick('m=64,t=1,p=1', 'm=256,t=1,p=17')],
    ['m below 8 times p', quick('m=64,t=1,p=1', 'm=64,t=1,p=9')],
    ['m times t beyond', quick('m=64,t=1', 'm=65536,t=5')],
    ['the parameters of libsodium (moderate)', quick('m=64,t=1', 'm=262144,t=3')],
    ['a salt of 7 bytes', quick(/1\$[^$]+/, `1$$${unpadded(7)}`)],
    ['a salt of 65 bytes', quick(/1\$[^$]+/, `1$$${unpadded(65)}`)],
    ['a hash of 15 bytes', quick(/[^$]+$/, unpadded(15))],
    ['a hash of 65 bytes', quick(/[^$]+$/, unpadded(65))],
  ])('is of argon2id with %s', async (_, hash) => {
    await refuses({ password_hash: encoded(hash) }, argon2idRule);
  });

  it('is dearer than new ones', async () => {
    const dearer = String(Number(cost) + 1).padStart(2, '0');
    const error = `password_hash must be of a bcrypt cost from 4 to ${Number(cost)}.`;
    await refuses({ password_hash: encoded($2b$.replace('$04$', `$${dearer}$`)) }, error);
  });

  it.each<[string, string]>([
    ['as it is', quickArgon2id],
    ['in base64 without padding', encoded(quickArgon2id).replace(/=+$/, '')],
    ['in base64 in two lines', `${encoded($2b$).slice(0, 40)}\n${encoded($2b$).slice(40)}`],
    ['twice in base64', encoded(encoded($2b$))],
    ['in bytes that are not UTF-8', Buffer.from([0xff, 0xfe, 0x24]).toString('base64')],
    ['with a lone surrogate', '\ud800'],
  ])('is written %s', async (_, password_hash) => {
    await refuses({ password_hash }, rule);
  });

  it('is no text, or comes with a password, or is missing as a password is', async () => {
    const both = { password, password_hash: encoded($2b$) };
    await refuses({ password_hash: 1 }, 'password_hash must be a string.');
    await refuses({ password_hash: null }, 'password_hash must be a string.');
    await refuses(both, 'The body has both password and password_hash: send one of them.');
    await refuses({ initial_policies: [] }, 'password is missing.');
  });
});
