import { describe, holder, type Permission } from './access.ts';
import { change } from './change.ts';
import { forbidden, missing, notFound } from './errors.ts';
import { foldName } from './fold-name.ts';
import { expiryAt, expiryIn, list, liveIds, stillListed, unlist } from './live-tokens.ts';
import {
  type Caller,
  grantKeysFor,
  grantsFound,
  isExpired,
  onAccount,
  onUser,
  readForChange,
  readStanding,
  requirePermission,
  requireSelfOr,
  requireToCover,
  requireToRevoke,
  unchanged,
} from './standing.ts';
import { deleteOf, putOf, updateOf } from './table/actions.ts';
import type { TokenItem, UserItem } from './table/items.ts';
import { tokenKey, tokenPrefix, userKey } from './table/keys.ts';
import { queryAll } from './table/read.ts';
import { transact } from './table/transact.ts';
import { idPrefix, isApiKeyId, kindOf, mintToken } from './tokens.ts';

/** An API key as its owner and its administrators see it: never its secret. */
export interface ApiKey {
  key_id: string;
  name: string;
  username: string;
  /** Its scope; absent: all that its owner may do. */
  permissions?: Permission[] | undefined;
  created_at: string;
  expires_at?: string | undefined;
  last_used_at?: string | undefined;
}

const keyIdOf = ({ sk }: TokenItem): string => sk.slice(tokenPrefix.length);

const toApiKey = (item: TokenItem, username: string): ApiKey => ({
  key_id: keyIdOf(item),
  name: item.name ?? '',
  username,
  permissions: item.scope?.map(({ resource, resource_type, type }) => ({
    resource,
    resource_type,
    type,
  })),
  created_at: item.created_at,
  expires_at: item.expires_at,
  last_used_at: item.last_used_at,
});

/** The live API keys of a user, the oldest first, for itself or who administers it. */
export const listApiKeys = async (caller: Caller, username: string): Promise<ApiKey[]> => {
  const name = foldName(username);
  const standing = await readStanding(caller, [onUser('admin', name)], { also: [userKey(name)] });
  requireSelfOr('admin', standing, name);
  const user = standing.items.get<UserItem>(userKey(name));
  if (!user) throw notFound(username);
  const live = new Set(liveIds(user, 'api_key'));
  const { pk, sk } = tokenKey(name, idPrefix('api_key'));
  const items = queryAll<TokenItem>({
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :keys)',
    ExpressionAttributeValues: { ':pk': pk, ':keys': sk },
    ConsistentRead: true,
  });
  const keys: ApiKey[] = [];
  for await (const item of items) {
    const isOwn = item.user_id === user.user_id && live.has(keyIdOf(item));
    if (isOwn && !isExpired(item.expires_at)) keys.push(toApiKey(item, user.username));
  }
  return keys;
};

/**
 * Whether permissions can be the scope of a key. The authorizer hands it to the function, and API Gateway's
 * room for that is not boundless.
 */
export const canBeScope = (permissions: readonly Permission[]): boolean =>
  permissions.length <= 50 && Buffer.byteLength(JSON.stringify(permissions)) <= 8192;

/** Rule K: no key may do more than its owner, nor more than the scoped token that it is made with. */
const requireScope = (
  caller: Caller,
  owned: readonly Permission[],
  scope: readonly Permission[] | undefined,
): void => {
  if (caller.scope && !scope) {
    throw forbidden(
      'This token has a scope, so the keys made with it need permissions within that scope.',
    );
  }
  const ownerMay = holder({ grants: owned });
  const callerMay = caller.scope ? holder({ grants: caller.scope }) : () => true;
  for (const line of scope ?? []) {
    if (!ownerMay(line)) {
      throw forbidden(
        `A key for this user needs the user to have the permission ${describe(line)}.`,
      );
    }
    if (!callerMay(line)) {
      throw forbidden(`This token's scope does not cover the permission ${describe(line)}.`);
    }
  }
};

/**
 * The scope of a key that is asked for without one for somebody else. What its maker covers today must not
 * become what the owner may do one day, so it is what the owner may do now.
 */
const scopeAsOfNow = (covered: readonly Permission[]): Permission[] => {
  if (!canBeScope(covered)) {
    throw forbidden(
      'This user has more permissions than a key can list: say in permissions which the key is for.',
    );
  }
  return [...covered];
};

/** The earlier of two ends, if there are any. */
const earlier = (a: string | undefined, b: string | undefined): string | undefined =>
  a && b ? (a < b ? a : b) : (a ?? b);

/**
 * Mints an API key: for oneself, or for another whom one administers and covers (rule C), within rule K. Made
 * with a key that expires it expires no later. The secret and the encoded token are returned this once.
 * Throws `conflict` at a hundred live keys.
 */
export const createApiKey = (
  caller: Caller,
  username: string,
  input: {
    name: string;
    expiresInMs?: number | undefined;
    scope?: Permission[] | undefined;
  },
): Promise<ApiKey & { key_secret: string; encoded: string }> =>
  change(caller, 'api-keys.create', username, async (record) => {
    const admin = onUser('admin', foldName(username));
    const ownerGrants = grantKeysFor(foldName(username), input.scope ?? []);
    const { name, standing, target } = await readForChange(caller, username, [admin], ownerGrants);
    let { scope } = input;
    if (name !== caller.name) {
      requirePermission(standing, admin);
      const covered = await requireToCover(standing, name);
      if (covered && !caller.scope) scope ??= scopeAsOfNow(covered);
    }
    if (!target) throw notFound(username);
    requireScope(caller, grantsFound(standing.items, ownerGrants, target), input.scope);

    const minted = mintToken('api_key', target.username);
    const makerEnd = kindOf(caller.tokenId) === 'api_key' ? caller.expiresAt : undefined;
    const ownEnd = input.expiresInMs === undefined ? undefined : expiryIn(input.expiresInMs);
    const item: TokenItem = {
      ...tokenKey(name, minted.tokenId),
      user_id: target.user_id,
      kind: 'api_key',
      name: input.name,
      secret_hash: minted.secretHash,
      scope,
      created_at: new Date().toISOString(),
      ...expiryAt(earlier(ownEnd, makerEnd)),
    };
    const { change: mint, room } = list(target, item, minted.tokenId);
    const key = toApiKey(item, target.username);
    await transact([
      ...onAccount(standing, target, (...when) =>
        updateOf(target, mint, ...when, unchanged(target), room),
      ),
      { action: putOf(item) },
      record(target, { after: key }),
    ]);
    return { ...key, key_secret: minted.secret, encoded: minted.encoded };
  });

/** Ends an API key for good: of oneself, or of a user whom one administers. */
export const deleteApiKey = (caller: Caller, username: string, keyId: string): Promise<void> =>
  change(caller, 'api-keys.delete', username, async (record) => {
    const admin = onUser('admin', foldName(username));
    const key = tokenKey(foldName(username), keyId);
    // What can be no key's id may be no key of the table's either.
    const also = isApiKeyId(keyId) ? [key] : [];
    const { name, standing, target } = await readForChange(caller, username, [admin], also);
    requireToRevoke(standing, name, keyId);
    if (!target) throw notFound(username);
    const item = standing.items.get<TokenItem>(key);
    if (!item || !Object.hasOwn(target.api_keys, keyId)) {
      throw missing(`The user ${target.username} has no API key of that id.`);
    }
    await transact([
      ...onAccount(standing, target, (...when) =>
        updateOf(target, unlist(keyId), ...when, stillListed),
      ),
      { action: deleteOf(item) },
      record(target, { before: toApiKey(item, target.username) }),
    ]);
  });
