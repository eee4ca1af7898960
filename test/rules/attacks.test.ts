import { describe, expect, it } from 'vitest';
import {
  call,
  createUser,
  everything,
  expecting,
  freshName,
  type Grant,
  grantTo,
  keyFor,
  login,
  newCaller,
  password,
  permissions,
  type Reply,
  revokeFrom,
  sessionFor,
  tokenFor,
  userAdmin,
  users,
} from '../support/api.ts';

const orders: Grant = ['table', 'orders', 'read'];
const ordersAdmin: Grant = ['table', 'orders', 'admin'];
const newPassword = 'newS3cr3tP@sswOrd';

const mint = (name: string, token: string, scope?: Grant[]) =>
  call(`POST ${users}/${name}/api-keys`, {
    token,
    body: { name: 'attack', ...(scope && { permissions: permissions(...scope) }) },
  });
const setPassword = (name: string, token: string, more: object = {}) =>
  call(`PUT ${users}/${name}/password`, { token, body: { new_password: newPassword, ...more } });
const create = (name: string, token: string, ...policies: Grant[]) =>
  call(`POST ${users}/${name}`, {
    token,
    body: { password, initial_policies: permissions(...policies) },
  });
const remove = (name: string, token: string) => call(`DELETE ${users}/${name}`, { token });
const mayListUsers = async (token: string) =>
  (await call(`GET ${users}`, { token })).status === 200;

/** Who attacks, by what it holds; whom, by what that holds; and what it tries. */
interface Attack {
  rule: 'G' | 'C' | 'K' | 'L' | 'scope';
  title: string;
  attacker: Grant[];
  /** Through a token of this scope; without one through one that may do all the attacker may. */
  scope?: Grant[];
  victim?: Grant[];
  attempt: (attacker: { name: string; token: string }, victim: string) => Promise<Reply>;
  /** Default 403. */
  status?: number;
}

/**
 * To add an attack, add a line. After each, attacker and victim must hold what they held, the victim must
 * be able to log in with its password, and nobody may have a token or a user more than before.
 */
const attacks: Attack[] = [
  // Rule G: nobody gives or takes what it does not administer.
  {
    rule: 'G',
    title: 'granting itself everything',
    attacker: [userAdmin],
    attempt: ({ name, token }) => grantTo(name, everything, token),
  },
  {
    rule: 'G',
    title: 'granting itself admin on what it may read',
    attacker: [orders],
    attempt: ({ name, token }) => grantTo(name, ordersAdmin, token),
  },
  {
    rule: 'G',
    title: 'granting itself what it has, without admin on it',
    attacker: [orders],
    attempt: ({ name, token }) => grantTo(name, orders, token),
  },
  {
    rule: 'G',
    title: 'granting every resource as admin of one',
    attacker: [ordersAdmin],
    attempt: ({ token }, victim) => grantTo(victim, ['table', '*', 'read'], token),
  },
  {
    rule: 'G',
    title: 'granting every type of resource as admin of one',
    attacker: [['table', '*', 'admin']],
    attempt: ({ token }, victim) => grantTo(victim, ['*', 'orders', 'read'], token),
  },
  {
    rule: 'G',
    title: 'granting with write alone',
    attacker: [['*', '*', 'write']],
    attempt: ({ token }, victim) => grantTo(victim, orders, token),
  },
  {
    rule: 'G',
    title: 'taking what it does not administer',
    attacker: [userAdmin, orders],
    victim: [orders],
    attempt: ({ token }, victim) => revokeFrom(victim, orders, token),
  },
  {
    rule: 'G',
    title: "taking a global admin's power as admin of everyone's account",
    attacker: [userAdmin],
    victim: [everything],
    attempt: ({ token }, victim) => revokeFrom(victim, everything, token),
  },
  {
    rule: 'G',
    title: 'creating a user with more than itself',
    attacker: [userAdmin],
    attempt: ({ token }) => create(freshName('puppet'), token, everything),
  },
  {
    rule: 'G',
    title: 'creating a user with what it may only read',
    attacker: [userAdmin, orders],
    attempt: ({ token }) => create(freshName('puppet'), token, orders),
  },
  {
    rule: 'G',
    title: 'creating a user whom it does not administer',
    attacker: [['user', 'someone', 'admin']],
    attempt: ({ token }) => create(freshName('puppet'), token),
  },
  {
    rule: 'G',
    title: 'granting through a token whose scope has no admin on it',
    attacker: [everything],
    scope: [orders, userAdmin],
    attempt: ({ name, token }) => grantTo(name, orders, token),
  },

  // Rule C: nobody climbs through someone else's account.
  ...(
    [
      ['setting the password', ({ token }, victim) => setPassword(victim, token)],
      ['minting a key', ({ token }, victim) => mint(victim, token)],
      ['minting a narrow key', ({ token }, victim) => mint(victim, token, [orders])],
      ['deleting', ({ token }, victim) => remove(victim, token)],
    ] satisfies [string, Attack['attempt']][]
  ).flatMap(([doing, attempt]): Attack[] => [
    {
      rule: 'C',
      title: `${doing} of a global admin as admin of users`,
      attacker: [userAdmin, orders],
      victim: [everything],
      attempt,
    },
    {
      rule: 'C',
      title: `${doing} of one who may read what it may not`,
      attacker: [userAdmin],
      victim: [orders],
      attempt,
    },
    {
      rule: 'C',
      title: `${doing} of one who may write where it reads`,
      attacker: [userAdmin, orders],
      victim: [['table', 'orders', 'write']],
      attempt,
    },
    {
      rule: 'C',
      title: `${doing} of one through a token whose scope does not cover it`,
      attacker: [everything],
      scope: [userAdmin],
      victim: [orders],
      attempt,
    },
    {
      rule: 'C',
      title: `${doing} of one whom it may only write`,
      attacker: [
        ['user', '*', 'write'],
        ['table', '*', 'admin'],
      ],
      victim: [orders],
      attempt,
    },
  ]),
  {
    rule: 'C',
    title: 'setting the password of another by knowing it',
    attacker: [orders],
    attempt: ({ token }, victim) => setPassword(victim, token, { current_password: password }),
  },

  // Through a scoped token into its own account.
  {
    rule: 'scope',
    title: 'setting its own password through a scoped token, to log in without the scope',
    attacker: [everything],
    scope: [userAdmin],
    attempt: ({ name, token }) => setPassword(name, token),
  },
  {
    rule: 'scope',
    title: 'deleting its owner through a scoped token',
    attacker: [userAdmin, orders],
    scope: [userAdmin],
    attempt: ({ name, token }) => remove(name, token),
  },
  {
    rule: 'scope',
    title: 'ending the sessions of its owner through a token for something else',
    attacker: [everything],
    scope: [orders],
    attempt: ({ name, token }) => call(`DELETE ${users}/${name}/sessions`, { token }),
  },
  {
    rule: 'scope',
    title: 'deleting another key of its owner through a token for something else',
    attacker: [everything],
    scope: [orders],
    attempt: async ({ name, token }) => {
      const { body } = await call(`GET ${users}/${name}/api-keys`, { token });
      const other = body.find(({ key_id }: { key_id: string }) => !token.includes(key_id));
      return call(`DELETE ${users}/${name}/api-keys/${other.key_id}`, { token });
    },
  },

  // Rule K: no key may do more than its owner, nor more than the token that made it.
  {
    rule: 'K',
    title: 'minting an unscoped key with a scoped token',
    attacker: [everything],
    scope: [orders],
    attempt: ({ name, token }) => mint(name, token),
  },
  {
    rule: 'K',
    title: 'minting a wider key with a scoped token',
    attacker: [everything],
    scope: [orders],
    attempt: ({ name, token }) => mint(name, token, [ordersAdmin]),
  },
  {
    rule: 'K',
    title: 'minting a key of two lines of which one is too wide',
    attacker: [everything],
    scope: [orders],
    attempt: ({ name, token }) => mint(name, token, [orders, ['table', 'other', 'read']]),
  },
  {
    rule: 'K',
    title: 'minting an unscoped key for another with a scoped token',
    attacker: [everything],
    scope: [userAdmin, orders],
    victim: [orders],
    attempt: ({ token }, victim) => mint(victim, token),
  },
  {
    rule: 'K',
    title: 'minting a key for what its owner may not do',
    attacker: [orders],
    attempt: ({ name, token }) => mint(name, token, [ordersAdmin]),
  },
  {
    rule: 'K',
    title: 'minting a key for another for what only the minter may do',
    attacker: [everything],
    victim: [orders],
    attempt: ({ token }, victim) => mint(victim, token, [everything]),
  },
  {
    rule: 'K',
    title: 'minting a key for what the owner of the scoped token has lost',
    attacker: [],
    scope: [orders],
    attempt: ({ name, token }) => mint(name, token, [orders]),
  },

  // Rule L: there is always a global admin.
  {
    rule: 'L',
    title: 'deleting itself as global admin',
    attacker: [everything],
    attempt: ({ name, token }) => remove(name, token),
    status: 409,
  },
  ...['admin', ''].map(
    (type): Attack => ({
      rule: 'L',
      title: `giving up its own global admin${type ? '' : ' with all on *'}`,
      attacker: [everything, ['*', '*', 'read']],
      attempt: ({ name, token }) => revokeFrom(name, ['*', '*', type], token),
      status: 409,
    }),
  ),
  {
    rule: 'L',
    title: 'giving up its own global admin through a token scoped to everything',
    attacker: [everything],
    scope: [everything],
    attempt: ({ name, token }) => revokeFrom(name, everything, token),
    status: 409,
  },
];

const accountOf = async (name: string) => ({
  permissions: (await call(`GET ${users}/${name}/permissions`)).body,
  keys: (await call(`GET ${users}/${name}/api-keys`)).body.map(
    ({ last_used_at: _, ...key }: { last_used_at?: string }) => key,
  ),
  login: (await login(name)).status,
});
const puppets = async () => (await call(`GET ${users}?prefix=puppet-${process.pid}`)).body;

describe('an attack that must not work', () => {
  it.each(attacks)('rule $rule: $title', async ({ attacker, scope, victim = [], ...attack }) => {
    const self = await newCaller(attacker, scope);
    await keyFor(self.name);
    const target = await createUser(freshName('victim'), ...victim);
    const before = [await accountOf(self.name), await accountOf(target), await puppets()];
    const { status, body } = await attack.attempt(self, target);
    expect({ status, body }).toEqual({
      status: attack.status ?? 403,
      body: { error: expect.any(String) },
    });
    expect([await accountOf(self.name), await accountOf(target), await puppets()]).toEqual(before);
  });
});

describe('what the same rules allow', () => {
  it('granting and taking what one administers, without any right on the user', async () => {
    const { token } = await newCaller([ordersAdmin]);
    const name = await createUser();
    expect((await grantTo(name, ordersAdmin, token)).status).toBe(201);
    expect((await revokeFrom(name, ordersAdmin, token)).status).toBe(204);
  });

  it('minting a key for another whom one covers, which can do what its owner can', async () => {
    const { token } = await newCaller([userAdmin, ordersAdmin]);
    const name = await createUser(freshName(), orders);
    const { status, body } = await mint(name, token);
    expect(status).toBe(201);
    const me = await call(`GET ${users}/me`, { token: body.encoded });
    expect(me.body).toEqual({ username: name, permissions: permissions(orders) });
  });

  it('minting it for what its owner may do now, not for what it may do one day', async () => {
    const { token } = await newCaller([userAdmin, ordersAdmin]);
    const name = await createUser(freshName(), orders);
    const { body } = await mint(name, token);
    expect(body.permissions).toEqual(permissions(orders));
    await expecting(201, grantTo(name, everything));
    expect(await mayListUsers(body.encoded)).toBe(false);
    const me = await call(`GET ${users}/me`, { token: body.encoded });
    expect(me.body.permissions).toEqual(permissions(orders));
    // A global admin could do as much anyway: its keys for others follow their owners.
    const { body: byAdmin } = await call(`POST ${users}/${name}/api-keys`, { body: { name: 'k' } });
    expect(byAdmin).not.toHaveProperty('permissions');
  });

  it('minting for who may do more than a key can list, if it says what for', async () => {
    const many = Array.from({ length: 51 }, (_, i): Grant => ['table', `t${i}`, 'read']);
    const { token } = await newCaller([userAdmin, ['table', '*', 'admin']]);
    const name = await createUser(freshName(), ...many.slice(0, 50));
    await expecting(201, grantTo(name, many[50] as Grant));
    const refused = await mint(name, token);
    expect(refused.status).toBe(403);
    expect(refused.body.error).toContain('say in permissions which');
    expect((await mint(name, token, [many[50] as Grant])).status).toBe(201);
  });

  it('minting a narrower key with a scoped token', async () => {
    const { name, token } = await newCaller([everything], [ordersAdmin]);
    const { status, body } = await mint(name, token, [orders]);
    expect(status).toBe(201);
    const me = await call(`GET ${users}/me`, { token: body.encoded });
    expect(me.body.permissions).toEqual(permissions(orders));
  });

  it('a scoped key ending itself', async () => {
    const name = await createUser(freshName(), orders);
    const { key_id, encoded: token } = await keyFor(name, { scope: [orders] });
    expect((await call(`DELETE ${users}/${name}/api-keys/${key_id}`, { token })).status).toBe(204);
  });

  it('a scoped token ending the sessions of its owner, if its scope says so', async () => {
    const name = await createUser(freshName(), userAdmin);
    const token = await tokenFor(name, { scope: [userAdmin] });
    const session = await sessionFor(name);
    expect((await call(`DELETE ${users}/${name}/sessions`, { token })).status).toBe(204);
    expect((await call(`GET ${users}/me`, { token: session })).status).toBe(401);
  });

  it('one global admin taking it from another', async () => {
    const { token } = await newCaller([everything]);
    const other = await createUser(freshName(), everything);
    expect((await revokeFrom(other, everything, token)).status).toBe(204);
  });
});

describe('two at once', () => {
  it('two global admins taking it from each other: one wins, and one is left', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b] = await Promise.all([newCaller([everything]), newCaller([everything])]);
      const replies = await Promise.all([
        revokeFrom(a.name, everything, b.token),
        revokeFrom(b.name, everything, a.token),
      ]);
      expect(replies.map(({ status }) => status).sort()).toEqual([204, 403]);
      const left = await Promise.all([mayListUsers(a.token), mayListUsers(b.token)]);
      expect(left.sort()).toEqual([false, true]);
    }
  });

  it('one deleting, the other demoting: at least one global admin is left', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b] = await Promise.all([newCaller([everything]), newCaller([everything])]);
      const [removed, demoted] = await Promise.all([
        remove(a.name, b.token),
        revokeFrom(b.name, everything, a.token),
      ]);
      expect([removed.status === 204, demoted.status === 204].filter(Boolean)).toHaveLength(1);
      const left = await Promise.all([mayListUsers(a.token), mayListUsers(b.token)]);
      expect(left).toContain(true);
    }
  });

  it('a grant lost while a key is minted from it: the key is not minted, or can do nothing', async () => {
    for (let round = 0; round < 5; round++) {
      const { name, token } = await newCaller([orders]);
      const [minted] = await Promise.all([mint(name, token, [orders]), revokeFrom(name, orders)]);
      if (minted.status !== 201) expect(minted.status).toBe(403);
      else {
        const me = await call(`GET ${users}/me`, { token: minted.body.encoded });
        expect(me.body.permissions).toEqual([]);
      }
    }
  });
});

it('a key of a deleted user is no key of the user who has its name now', async () => {
  const { name, token } = await newCaller([everything]);
  expect(await mayListUsers(token)).toBe(true);
  await expecting(204, call(`DELETE ${users}/${name}`));
  await createUser(name, everything);
  expect((await call(`GET ${users}`, { token })).status).toBe(401);
  expect((await mint(name, token)).status).toBe(401);
});
