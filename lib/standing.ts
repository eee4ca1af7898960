import {
  allows,
  covers,
  describe,
  globalAdmin,
  type Holding,
  holder,
  type Permission,
} from './access.ts';
import type { TransactAction } from './dynamodb/operations.ts';
import { forbidden, unauthenticated } from './errors.ts';
import { foldName } from './fold-name.ts';
import { isListed, listed } from './live-tokens.ts';
import { checkOf, ofUser, type Piece } from './table/actions.ts';
import { type GrantItem, permissionsOf, type UserItem } from './table/items.ts';
import { grantKey, type Key, userKey } from './table/keys.ts';
import { type Found, readAccount, readEach, readTogether } from './table/read.ts';
import type { Step } from './table/transact.ts';

/** Whom a token stands for. All of it is fixed for a token's life, so it may be cached. */
export interface Principal {
  /** as written */
  username: string;
  /** folded */
  name: string;
  userId: string;
  tokenId: string;
  scope?: Permission[] | undefined;
  /** ISO 8601; absent: the token does not expire */
  expiresAt?: string | undefined;
}

/** Where a request came from. */
export interface Origin {
  requestId: string;
  /** The client's IP address as the gateway saw it, never what a header says. */
  sourceAddress: string;
}

/** Who the authorizer says is calling, and from where. */
export interface Caller extends Principal, Origin {}

/** A caller found alive just now, with those of its grants that bear on the needs it was read for. */
export interface Standing extends Holding {
  caller: Caller;
  user: UserItem;
  items: Found;
}

/** Whether a token's time, in ISO 8601, is over. */
export const isExpired = (expiresAt: string | undefined): boolean =>
  expiresAt !== undefined && Date.parse(expiresAt) <= Date.now();

/** Whether a token of `user` still lives: same user, not revoked, not expired. */
export const isLive = (
  user: UserItem | undefined,
  token: Pick<Principal, 'userId' | 'tokenId' | 'expiresAt'>,
): user is UserItem =>
  user?.user_id === token.userId && isListed(user, token.tokenId) && !isExpired(token.expiresAt);

/** Keys of the grants of a user that can cover these needs: those on the resource, or on `*`. */
export const grantKeysFor = (name: string, needs: readonly Permission[]): Key[] =>
  [...new Set(['*', ...needs.map(({ resource }) => resource)])].map((resource) =>
    grantKey(name, resource),
  );

/** What the grants found under these keys permit; those of an earlier user of the name do not count. */
export const grantsFound = (items: Found, keys: readonly Key[], user: UserItem): Permission[] =>
  keys
    .map((key) => items.get<GrantItem>(key))
    .filter((grant) => grant?.user_id === user.user_id)
    .flatMap((grant) => (grant ? permissionsOf(grant) : []));

/**
 * Reads the caller as it stands now, in one request whatever the number of its grants: a need is
 * covered by the grants on its resource or on `*`. Throws `unauthenticated` when its token is dead.
 *
 * @param options.also further items to read in the same request
 * @param options.together reads all at one moment: for a decision that a write is conditioned on
 */
export const readStanding = async (
  caller: Caller,
  needs: readonly Permission[],
  options: { also?: Key[]; together?: boolean } = {},
): Promise<Standing> => {
  const grantKeys = grantKeysFor(caller.name, needs);
  const keys = [userKey(caller.name), ...grantKeys, ...(options.also ?? [])];
  const items = await (options.together ? readTogether : readEach)(keys);
  const user = items.get<UserItem>(userKey(caller.name));
  if (!isLive(user, caller)) throw unauthenticated();
  return { caller, user, grants: grantsFound(items, grantKeys, user), scope: caller.scope, items };
};

/**
 * Reads together the caller as it stands now and the account that it is about to change, with all that
 * decides about these needs.
 * @param username in any spelling, already checked
 */
export const readForChange = async (
  caller: Caller,
  username: string,
  needs: readonly Permission[],
  also: Key[] = [],
) => {
  const name = foldName(username);
  const key = userKey(name);
  const standing = await readStanding(caller, needs, { also: [key, ...also], together: true });
  return { name, standing, target: standing.items.get<UserItem>(key) };
};

/** The need to do `type` to a user, whose resource is its folded name. */
export const onUser = (type: Permission['type'], name: string): Permission => ({
  resource: name,
  resource_type: 'user',
  type,
});

/** Throws `forbidden`, naming the permission, unless the caller may do `need`. */
export const requirePermission = (standing: Holding, need: Permission, hint = ''): void => {
  if (allows(standing, need)) return;
  const isScope = standing.scope !== undefined && allows({ grants: standing.grants }, need);
  const why = isScope ? ", which this token's scope does not cover" : '';
  throw forbidden(`This needs the permission ${describe(need)}${why}${hint}.`);
};

/** Throws `forbidden` unless the caller is that user, or may do `type` to it. */
export const requireSelfOr = (type: Permission['type'], standing: Standing, name: string): void => {
  if (name !== standing.caller.name) requirePermission(standing, onUser(type, name));
};

/**
 * Throws `forbidden` unless the caller may end tokens of that user: as the user, whom a scoped token stands
 * in for only as far as its scope goes, or as its administrator.
 * @param tokenId the one token to end: every token may end itself
 */
export const requireToRevoke = (standing: Standing, name: string, tokenId?: string): void => {
  const admin = onUser('admin', name);
  const { caller, scope } = standing;
  if (name !== caller.name) requirePermission(standing, admin);
  else if (tokenId !== caller.tokenId) requirePermission({ grants: [admin], scope }, admin);
};

/** Rule G: whoever gives or takes a permission must hold admin on what it is about. */
export const requireToGrant = (standing: Holding, permission: Permission): void =>
  requirePermission(standing, { ...permission, type: 'admin' });

/**
 * Rule C: whoever acts on an account must cover every permission that it has, so that nobody climbs
 * through someone else's, nor through a scoped token into its own. Reads both accounts whole and returns
 * the grants that are covered, but not for who covers everything.
 */
export const requireToCover = async (
  standing: Standing,
  targetName: string,
): Promise<Permission[] | undefined> => {
  const { caller, scope } = standing;
  const isSelf = targetName === caller.name;
  if ((isSelf && scope === undefined) || allows(standing, globalAdmin)) return undefined;
  const [own, target] = await Promise.all([
    readAccount(caller.name),
    isSelf ? undefined : readAccount(targetName),
  ]);
  const grants = own?.grants ?? [];
  const covered = isSelf ? grants : (target?.grants ?? []);
  const mayDo = holder({ grants, scope });
  const beyond = covered.find((grant) => !mayDo(grant));
  if (beyond) {
    throw forbidden(
      isSelf
        ? `This token's scope does not cover all that its user may do, as ${describe(beyond)}: use one without a scope.`
        : `This user has a permission that you do not cover, ${describe(beyond)}: ask someone who does.`,
    );
  }
  return covered;
};

/** Whether the caller's own grants, whatever its token's scope, make it a global admin. */
export const isGlobalAdmin = (standing: Standing): boolean =>
  standing.grants.some((grant) => covers(grant, globalAdmin));

/** Condition on the caller's `#USER`: its token lives, and none of its grants has changed since. */
const stillStands = ({ caller, user }: Standing): Piece => {
  const token = listed(caller.tokenId);
  return {
    text: `user_id = :caller AND grants_version = :callerGrants AND ${token.text}`,
    names: token.names,
    values: { ':caller': caller.userId, ':callerGrants': user.grants_version },
  };
};

/** The transaction step that ties a write to the decision it rests on. */
export const checkStanding = (standing: Standing): Step => ({
  action: checkOf(standing.user, stillStands(standing)),
});

/** Condition on `#USER`: what it may do and its password are what the decision was about. */
export const unchanged = (user: UserItem): Piece => ({
  text: 'grants_version = :grants AND password_hash = :hash',
  values: { ':grants': user.grants_version, ':hash': user.password_hash },
});

/**
 * The steps that write to `#USER` of an account, tied to the caller's standing. On oneself that is one
 * condition of the same write, since a transaction takes one action an item.
 */
export const onAccount = (
  standing: Standing,
  target: UserItem,
  write: (...when: Piece[]) => TransactAction,
): Step[] =>
  target.pk === standing.user.pk
    ? [{ action: write(stillStands(standing)) }]
    : [checkStanding(standing), { action: write(ofUser(target.user_id)) }];
