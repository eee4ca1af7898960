import type { AccessType, Permission } from '../access.ts';
import type { TokenKind } from '../tokens.ts';
import { grantIndexKey, grantKey, grantPrefix, type Key, userIndexKey, userKey } from './keys.ts';

/** A user. `grants_version` counts changes of its grants: a write can name the state it was decided on. */
export interface UserItem extends Key {
  user_id: string;
  username: string;
  password_hash: string;
  created_at: string;
  password_changed_at: string;
  grants_version: number;
  /** The tokens not revoked, of either kind. */
  api_keys: LiveTokens;
  sessions: LiveTokens;
}

/** When each token expires, in epoch seconds, or null for never; by its id. */
export type LiveTokens = Record<string, number | null>;

/** All grants of one user on one resource. */
export interface GrantItem extends Key {
  user_id: string;
  /** `<resource_type>:<type>` */
  types: Set<string>;
  granted_by: string;
  granted_at: string;
}

/** A token. Without scope it may do all its owner may; without expires_at it lives until revoked. */
export interface TokenItem extends Key {
  user_id: string;
  kind: TokenKind;
  /** What its owner calls an API key. */
  name?: string | undefined;
  secret_hash: Uint8Array;
  scope?: Permission[] | undefined;
  created_at: string;
  expires_at?: string | undefined;
  /** Of an API key, and coarse. */
  last_used_at?: string;
  ttl?: number | undefined;
}

/** Epoch seconds, as DynamoDB's expiry wants them. */
export const epochSeconds = (ms: number): number => Math.ceil(ms / 1000);

/** The item of a new user. */
export const newUserItem = (user: {
  name: string;
  userId: string;
  username: string;
  passwordHash: string;
  now: string;
}): UserItem => ({
  ...userKey(user.name),
  ...userIndexKey(user.name),
  user_id: user.userId,
  username: user.username,
  password_hash: user.passwordHash,
  created_at: user.now,
  password_changed_at: user.now,
  grants_version: 0,
  api_keys: {},
  sessions: {},
});

/** What a grant item calls a permission. */
export const typeOf = ({ resource_type, type }: Permission): string => `${resource_type}:${type}`;

/** The items that hold `permissions`: one a resource. */
export const newGrantItems = (
  owner: { name: string; userId: string },
  permissions: readonly Permission[],
  granted: { by: string; at: string },
): GrantItem[] => {
  const byResource = Map.groupBy(permissions, ({ resource }) => resource);
  return [...byResource].map(([resource, held]) => ({
    ...grantKey(owner.name, resource),
    ...grantIndexKey(owner.name, resource),
    user_id: owner.userId,
    types: new Set(held.map(typeOf)),
    granted_by: granted.by,
    granted_at: granted.at,
  }));
};

/** The permissions on a resource that a grant item's types stand for. */
export const permissionsIn = (resource: string, types: ReadonlySet<string>): Permission[] =>
  [...types].map((held) => {
    const [resource_type = '', type] = held.split(':');
    return { resource, resource_type, type: type as AccessType };
  });

export const resourceOf = ({ sk }: Key): string => sk.slice(grantPrefix.length);

/** The permissions that a grant item holds. */
export const permissionsOf = (item: GrantItem): Permission[] =>
  permissionsIn(resourceOf(item), item.types);
