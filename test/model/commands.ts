import fc from 'fast-check';
import { bootstrap, type Password } from './model.ts';
import { globalAdmin, names, permissions } from './permissions.ts';

/** Without it, objects without a prototype are made as well, which only make a failure harder to read. */
const plain = { noNullPrototype: true };

/** One of the tokens that there are when it comes to the call, whichever those may be then. */
const token = fc.record(
  {
    // A dead one must be nobody everywhere, but histories are made by the living.
    isDead: fc.oneof(
      { weight: 9, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
    nth: fc.nat(99),
  },
  plain,
);
export type TokenPick = { isDead: boolean; nth: number; of?: string | undefined };
const tokenOf = (owner: string) =>
  token.map(({ nth }): TokenPick => ({ isDead: false, nth, of: owner }));

const name = fc.constantFrom(...names, 'self');
const password = fc.constantFrom<Password>('one', 'two');
// Admin is what the rules are about: of everything they guard it most, of users most depends on it.
const permission = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...permissions) },
  { weight: 4, arbitrary: fc.constantFrom(...permissions.filter((one) => one.endsWith('admin'))) },
  { weight: 2, arbitrary: fc.constantFrom(globalAdmin, 'user * admin') },
);
const some = fc.uniqueArray(permission, { maxLength: 3 });
/** So few wrong passwords that five in a row, after which one has to wait, are rare. */
const isRight = fc.oneof(
  { weight: 4, arbitrary: fc.constant(true) },
  { weight: 1, arbitrary: fc.constant(false) },
);

/** A kind of command, as often as its weight says: a record of plain data, so that it can be printed. */
const doing = <D extends string, F extends object>(
  weight: number,
  what: D,
  fields: { [K in keyof F]: fc.Arbitrary<F[K]> },
) => {
  const record = fc.record({ do: fc.constant(what), ...fields }, plain);
  // What makes a failure short is fewer commands, not other ones.
  return { weight, arbitrary: fc.noShrink(record as unknown as fc.Arbitrary<{ do: D } & F>) };
};

const commands = [
  doing(3, 'create user', { by: token, name, password, policies: some }),
  doing(2, 'delete user', { by: token, name }),
  doing(1, 'set password', { by: token, name, password }),
  doing(2, 'set own password', { by: token, password, isRight }),
  doing(6, 'grant', { by: token, name, permission }),
  doing(2, 'revoke', { by: token, name, permission, everyType: fc.boolean() }),
  doing(5, 'revoke what is held', { by: token, name, nth: fc.nat(99), everyType: fc.boolean() }),
  doing(6, 'mint key', {
    by: token,
    name,
    scope: fc.option(some, { nil: undefined, freq: 2 }),
    hours: fc.constantFrom(undefined, undefined, 1, 720),
  }),
  doing(2, 'delete key', { by: token, key: token }),
  doing(6, 'log in', { name: fc.constantFrom(...names), isRight }),
  doing(2, 'log out', { by: token }),
  doing(1, 'end sessions', { by: token, name }),
  doing(2, 'get me', { by: token }),
  doing(1, 'get user', { by: token, name }),
  doing(3, 'evaluate', { by: token, name, permission }),
] as const;

/**
 * Lists are read after who asks for them, so that what happens between is in one and not in the other: no
 * single moment explains them, and they are asked for alone.
 */
const lists = [
  doing(2, 'list permissions', { by: token, name }),
  doing(1, 'list keys', { by: token, name }),
] as const;

const command = fc.oneof(...commands, ...lists);
export type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

/** What one does to rob another of what it may. */
const strike = (by: string, at: string) => {
  const fields = { by: tokenOf(by), name: fc.constant(at) };
  return fc.oneof(
    doing(3, 'revoke what is held', { ...fields, nth: fc.nat(99), everyType: fc.boolean() }),
    doing(2, 'delete user', fields),
    doing(1, 'set password', { ...fields, password }),
    doing(1, 'delete key', { by: fields.by, key: tokenOf(at) }),
    doing(1, 'end sessions', fields),
  );
};

/*
 * Most calls at the same time do not care for each other. These do: one decides about what the other changes,
 * so where both have read before either writes, no order explains that both succeed.
 */

/** Two who begin as global admins rob each other. */
const duel = fc.tuple(strike('ann', 'bob'), strike('bob', 'ann'));

/** One is deleted by one who covers it at first, and gets more. */
const rise = fc.tuple(
  doing(1, 'delete user', { by: tokenOf('cat'), name: fc.constant('dan') }).arbitrary,
  doing(1, 'grant', { by: tokenOf(bootstrap), name: fc.constant('dan'), permission }).arbitrary,
);
const clash = fc.noShrink(fc.oneof(duel, rise));

/** What is done at once: mostly one thing. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(command) },
  { weight: 4, arbitrary: fc.array(fc.oneof(...commands), { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: clash },
);

/**
 * Steps, one after the other, some beginning with a clash or two. An array is made shorter from its beginning;
 * turned around, a failing history first loses what came after the failure.
 */
export const history: fc.Arbitrary<Command[][]> = fc
  .tuple(fc.array(step, { maxLength: 100, size: 'max' }), fc.array(clash, { maxLength: 3 }))
  .map(([steps, clashes]) => [...clashes, ...steps.toReversed()]);
