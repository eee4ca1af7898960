import { bootstrap, type Call, type Model, powerOf } from './model.ts';
import { globalAdmin, type Permission, reach, without } from './permissions.ts';

/*
 * What the rules are there for, said without them. Were they misunderstood in the model as in the product, the
 * answers would agree, but this would not hold.
 */

const nothing = new Set<Permission>();

/** All that a call may bring anybody: what its caller may do itself, and of a login what the user may. */
const boundOf = (model: Model, call: Call): Set<Permission> => {
  if (call.do === 'log in') return reach(model.users.get(call.name)?.grants ?? []);
  const token = model.tokens.get(call.by);
  return token ? powerOf(model, token) : nothing;
};

const nobodyClimbs = (before: Model, call: Call, after: Model): void => {
  const bound = boundOf(before, call);
  const check = (who: string, had: Set<Permission>, has: Set<Permission>) => {
    const beyond = [...without(without(has, had), bound)];
    if (beyond.length > 0)
      throw new Error(`${who} climbs to ${beyond} by ${JSON.stringify(call)}.`);
  };
  for (const [id, token] of after.tokens) {
    const former = before.tokens.get(id);
    check(`Token ${id}`, former ? powerOf(before, former) : nothing, powerOf(after, token));
  }
  for (const [name, { grants, password }] of after.users) {
    const former = before.users.get(name);
    check(name, reach(former?.grants ?? []), reach(grants));
    // Who sets a password can log in with it, which is nothing new only to who knew the one before.
    const isReset = former && former.password !== password && !('current' in call && call.current);
    if (isReset) check(`Who knows the password of ${name}`, nothing, reach(grants));
  }
};

const deadTokensStayDead = (before: Model, call: Call, after: Model): void => {
  for (const [id, { alive, owner }] of after.tokens) {
    const wasDead = before.tokens.get(id)?.alive === false;
    if (alive && (wasDead || !after.users.has(owner))) {
      throw new Error(`Token ${id} lives after ${JSON.stringify(call)}.`);
    }
  }
};

/** The first admin apart, for whom it is safe: the others never do away with the last of themselves. */
const globalAdminStays = (before: Model, call: Call, after: Model): void => {
  const isSome = ({ users }: Model) =>
    [...users].some(([name, { grants }]) => name !== bootstrap && grants.has(globalAdmin));
  const isByOneOfThem = 'by' in call && call.by !== bootstrap;
  if (isByOneOfThem && isSome(before) && !isSome(after)) {
    throw new Error(`No global admin is left after ${JSON.stringify(call)}.`);
  }
};

/** Throws when a call has brought about what no call may. */
export const checkInvariants = (before: Model, call: Call, after: Model): void => {
  nobodyClimbs(before, call, after);
  deadTokensStayDead(before, call, after);
  globalAdminStays(before, call, after);
};
