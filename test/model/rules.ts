import { type Answer, type Call, type Model, type Password, powerOf } from './model.ts';
import { aboutOf, globalAdmin, type Permission, reach } from './permissions.ts';

/*
 * The rules of README and of CONTRIBUTING, put down a second time and from their
 * words: what each call is answered, and what it changes.
 */

/** Whether the password is right, which starts the count of wrong ones anew. */
const tryPassword = ({ users, failures }: Model, name: string, password: Password): boolean => {
  const isRight = users.get(name)?.password === password;
  failures.set(name, isRight ? 0 : (failures.get(name) ?? 0) + 1);
  return isRight;
};

const endTokens = ({ tokens }: Model, owner: string, kinds = ['key', 'session']): void => {
  for (const token of tokens.values()) {
    if (token.owner === owner && kinds.includes(token.kind)) token.alive = false;
  }
};

const logIn = (model: Model, { name, password, as }: Call & { do: 'log in' }): Answer => {
  if (!tryPassword(model, name, password)) return { status: 401 };
  model.tokens.set(as, { owner: name, kind: 'session', alive: true });
  return { status: 201, body: { username: name } };
};

/** Who calls, and what every decision about a user is made of. */
const standingOf = (model: Model, call: Exclude<Call, { do: 'log in' }>) => {
  const token = model.tokens.get(call.by);
  if (!token?.alive) return undefined;
  const name = 'name' in call ? call.name : token.owner;
  const isSelf = name === token.owner;
  const user = model.users.get(name);
  const power = powerOf(model, token);
  const may = (type: string) => power.has(`user ${name} ${type}`);
  return {
    model,
    token,
    name,
    isSelf,
    user,
    power,
    may,
    mayRead: isSelf || may('read'),
    /** Rule C: a scope may be too narrow even for one's own account. */
    covers: may('admin') && [...(user?.grants ?? [])].every((grant) => power.has(grant)),
    /** Rule G. */
    administers: (permission: Permission) => power.has(`${aboutOf(permission)} admin`),
    /** One's own tokens one may always end, with a scoped token as far as the scope says so. */
    endsTokens:
      isSelf && token.scope ? reach(token.scope).has(`user ${name} admin`) : isSelf || may('admin'),
  };
};
type Standing = NonNullable<ReturnType<typeof standingOf>>;

const mint = (standing: Standing, { scope, hours, as }: Call & { do: 'mint key' }): Answer => {
  const { model, token, name, isSelf, user, power, covers } = standing;
  if (!isSelf && !covers) return { status: 403 };
  if (!user) return { status: 404 };
  // Rule K: no more than its owner may do, nor more than the token that makes it.
  if (token.scope && !scope) return { status: 403 };
  const owned = reach(user.grants);
  const within = token.scope && reach(token.scope);
  if (scope?.some((line) => !owned.has(line) || within?.has(line) === false)) {
    return { status: 403 };
  }
  // Made for somebody else it must not grow with its owner, but for a global admin, who may do all anyway.
  const isForNow = !isSelf && !power.has(globalAdmin);
  const key = {
    scope: scope ?? (isForNow ? [...user.grants].sort() : undefined),
    // Nor does it outlive the key that makes it.
    hours: token.hours && hours ? Math.min(token.hours, hours) : (token.hours ?? hours),
  };
  model.tokens.set(as, { owner: name, kind: 'key', ...key, alive: true });
  return { status: 201, body: { username: name, hours: key.hours, scope: key.scope?.toSorted() } };
};

const revoke = (
  { administers, isSelf, user }: Standing,
  { permission, everyType }: Call & { do: 'revoke' },
): Answer => {
  if (!administers(permission)) return { status: 403 };
  const gone = [...(user?.grants ?? [])].filter((grant) =>
    everyType ? aboutOf(grant) === aboutOf(permission) : grant === permission,
  );
  if (gone.length === 0) return { status: 404 };
  // Rule L.
  if (isSelf && gone.includes(globalAdmin)) return { status: 409 };
  for (const grant of gone) user?.grants.delete(grant);
  return { status: 204 };
};

const deleteKey = (
  { model, isSelf, may, endsTokens, user, name }: Standing,
  { by, key }: Call & { do: 'delete key' },
): Answer => {
  if (isSelf ? key !== by && !endsTokens : !may('admin')) return { status: 403 };
  const found = model.tokens.get(key);
  if (!user || !found?.alive || found.owner !== name) return { status: 404 };
  found.alive = false;
  return { status: 204 };
};

const setPassword = (
  { model, isSelf, covers, user, name }: Standing,
  { password, current }: Call & { do: 'set password' },
): Answer => {
  const isAllowed = isSelf && current ? tryPassword(model, name, current) : covers;
  if (!isAllowed) return { status: 403 };
  if (!user) return { status: 404 };
  user.password = password;
  endTokens(model, name, ['session']);
  return { status: 200 };
};

/** Changes the model by a call that nobody has to wait for, and says what the call is answered. */
export const apply = (model: Model, call: Call): Answer => {
  if (call.do === 'log in') return logIn(model, call);
  const standing = standingOf(model, call);
  if (!standing) return { status: 401 };
  const { token, name, user, power, isSelf, may, mayRead, covers, administers } = standing;

  switch (call.do) {
    case 'get me':
      return { status: 200, body: { username: name, may: power } };
    case 'log out':
      if (token.kind === 'key') return { status: 403 };
      token.alive = false;
      return { status: 204 };
    case 'create user':
      if (!may('admin') || !call.policies.every(administers)) return { status: 403 };
      if (user) return { status: 409 };
      model.users.set(name, { password: call.password, grants: new Set(call.policies) });
      return { status: 201, body: { username: name, showsHash: true } };
    case 'get user':
      if (!mayRead) return { status: 403 };
      if (!user) return { status: 404 };
      return { status: 200, body: { username: name, showsHash: may('admin') } };
    case 'delete user':
      if (!covers) return { status: 403 };
      if (!user) return { status: 404 };
      // Rule L, whatever the scope.
      if (isSelf && user.grants.has(globalAdmin)) return { status: 409 };
      model.users.delete(name);
      endTokens(model, name);
      return { status: 204 };
    case 'set password':
      return setPassword(standing, call);
    case 'list permissions':
      if (!mayRead) return { status: 403 };
      return user ? { status: 200, body: [...user.grants].sort() } : { status: 404 };
    case 'grant':
      if (!administers(call.permission)) return { status: 403 };
      user?.grants.add(call.permission);
      return { status: user ? 201 : 404 };
    case 'revoke':
      return revoke(standing, call);
    case 'list keys': {
      if (!isSelf && !may('admin')) return { status: 403 };
      const isLiveKey = (id: string) => {
        const { owner, kind, alive } = model.tokens.get(id) ?? {};
        return owner === name && kind === 'key' && alive;
      };
      const keys = [...model.tokens.keys()].filter(isLiveKey).sort();
      return user ? { status: 200, body: keys } : { status: 404 };
    }
    case 'mint key':
      return mint(standing, call);
    case 'delete key':
      return deleteKey(standing, call);
    case 'end sessions':
      if (!standing.endsTokens) return { status: 403 };
      if (!user) return { status: 404 };
      endTokens(model, name, ['session']);
      return { status: 204 };
    case 'evaluate': {
      if (!mayRead && !administers(call.permission)) return { status: 403 };
      // About oneself it is the token that is asked about.
      const held = isSelf ? power : reach(user?.grants ?? []);
      const decision = held.has(call.permission);
      return { status: 200, body: { decision, tellsGrant: decision && mayRead } };
    }
  }
};

/** Of the fifth wrong password in a row and those after it, whether the next may have to wait. */
export const mayHaveToWait = ({ failures }: Model, call: Call): boolean =>
  (call.do === 'log in' || (call.do === 'set password' && call.current !== undefined)) &&
  (failures.get(call.name) ?? 0) >= 5;
