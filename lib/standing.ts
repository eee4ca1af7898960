import { allows, covers, describe, globalAdmin, type Holding, type Permission } from './access.ts';
import { config } from './config.ts';
import { forbidden, unauthenticated } from './errors.ts';
import { type GrantItem, permissionsOf, type UserItem } from './table/items.ts';
import { grantKey, type Key, userKey } from './table/keys.ts';
import { type Found, readAccount, readEach, readTogether } from './table/read.ts';
import type { Step } from './table/transact.ts';

/** Who the authorizer says is calling. All of it is fixed for a token's life, so it may be cached. */
export interface Caller {
  /** folded */
  name: string;
  userId: string;
  tokenId: string;
  scope?: Permission[] | undefined;
  /** ISO 8601; absent: the token does not expire */
  expiresAt?: string | undefined;
}

/** A caller found alive just now, with those of its grants that bear on the needs it was read for. */
export interface Standing extends Holding {
  caller: Caller;
  user: UserItem;
  items: Found;
}

const isExpired = (expiresAt: string | undefined): boolean =>
  expiresAt !== undefined && Date.parse(expiresAt) <= Date.now();

/** Whether a token of `user` still lives: same user, not revoked, not expired. */
export const isLive = (
  user: UserItem | undefined,
  token: Pick<Caller, 'userId' | 'tokenId' | 'expiresAt'>,
): user is UserItem =>
  user?.user_id === token.userId &&
  user.live_tokens?.has(token.tokenId) === true &&
  !isExpired(token.expiresAt);

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
  const grantKeys = ['*', ...needs.map(({ resource }) => resource)].map((resource) =>
    grantKey(caller.name, resource),
  );
  const keys = [userKey(caller.name), ...grantKeys, ...(options.also ?? [])];
  const items = await (options.together ? readTogether : readEach)(keys);
  const user = items.get<UserItem>(userKey(caller.name));
  if (!isLive(user, caller)) throw unauthenticated();
  const held = new Map(grantKeys.map((key) => [key.sk, items.get<GrantItem>(key)]));
  const grants = [...held.values()]
    .filter((grant) => grant?.user_id === user.user_id)
    .flatMap((grant) => (grant ? permissionsOf(grant) : []));
  return { caller, user, grants, scope: caller.scope, items };
};

/** Throws `forbidden`, naming the permission, unless the caller may do `need`. */
export const requirePermission = (standing: Holding, need: Permission, hint = ''): void => {
  if (!allows(standing, need)) {
    throw forbidden(`This needs the permission ${describe(need)}${hint}.`);
  }
};

/** Rule G: whoever gives or takes a permission must hold admin on what it is about. */
export const requireToGrant = (standing: Holding, permission: Permission): void =>
  requirePermission(standing, { ...permission, type: 'admin' });

/**
 * Rule C: whoever acts on another's account must cover every permission that account has, so that
 * nobody climbs through someone else's. Reads both accounts whole, but not for a global admin.
 */
export const requireToCover = async (standing: Standing, targetName: string): Promise<void> => {
  if (targetName === standing.caller.name || allows(standing, globalAdmin)) return;
  const [own, target] = await Promise.all([
    readAccount(standing.caller.name),
    readAccount(targetName),
  ]);
  const holding = { grants: own?.grants ?? [], scope: standing.scope };
  const beyond = target?.grants.find((grant) => !allows(holding, grant));
  if (beyond) {
    throw forbidden(
      `This user has a permission that you do not cover, ${describe(beyond)}: ask someone who does.`,
    );
  }
};

/** Whether the caller's own grants, whatever its token's scope, make it a global admin. */
export const isGlobalAdmin = (standing: Standing): boolean =>
  standing.grants.some((grant) => covers(grant, globalAdmin));

/**
 * The transaction step that ties a write to the decision it rests on: the caller's token lives and
 * none of its grants has changed since they were read.
 */
export const stillStands = ({ caller, user }: Standing): Step => ({
  action: {
    ConditionCheck: {
      TableName: config.tableName,
      Key: userKey(caller.name),
      ConditionExpression:
        'user_id = :caller AND contains(live_tokens, :token) AND grants_version = :grants',
      ExpressionAttributeValues: {
        ':caller': caller.userId,
        ':token': caller.tokenId,
        ':grants': user.grants_version,
      },
    },
  },
  otherwise: 'decide again',
});

/**
 * Condition on a target's `#USER`: it is the user, with the grants and the password, that the decision
 * was about. Acting on oneself it holds the caller's token too, since a transaction takes one action
 * an item.
 */
export const targetUnchanged = (standing: Standing, target: UserItem) => {
  const self = target.pk === standing.user.pk;
  return {
    TableName: config.tableName,
    Key: { pk: target.pk, sk: target.sk },
    ConditionExpression: `user_id = :target AND grants_version = :grants AND password_hash = :hash${
      self ? ' AND contains(live_tokens, :token)' : ''
    }`,
    ExpressionAttributeValues: {
      ':target': target.user_id,
      ':grants': target.grants_version,
      ':hash': target.password_hash,
      ...(self && { ':token': standing.caller.tokenId }),
    },
  };
};

/** The steps of a write on one user's account: the caller's own check is part of it on oneself. */
export const guarded = (standing: Standing, target: UserItem, step: Step): Step[] =>
  target.pk === standing.user.pk ? [step] : [stillStands(standing), step];
