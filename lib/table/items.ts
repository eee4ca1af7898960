import type { AccessType, Permission } from '../access.ts';
import { grantIndexKey, grantKey, grantPrefix, type Key, userIndexKey, userKey } from './keys.ts';

/** A user. `grants_version` counts changes of its grants: a write can name the state it was decided on. */
export interface UserItem extends Key {
  user_id: string;
  username: string;
  password_hash: string;
  created_at: string;
  password_changed_at: string;
  grants_version: number;
  /** Ids of the tokens not revoked. DynamoDB has no empty set: no tokens, no attribute. */
  live_tokens?: Set<string>;
}

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
  kind: 'api_key' | 'session';
  name: string;
  secret_hash: Uint8Array;
  scope?: Permission[];
  created_at: string;
  expires_at?: string;
  ttl?: number;
}

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
});

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
    types: new Set(held.map(({ resource_type, type }) => `${resource_type}:${type}`)),
    granted_by: granted.by,
    granted_at: granted.at,
  }));
};

/** The permissions that a grant item holds. */
export const permissionsOf = (item: GrantItem): Permission[] =>
  [...item.types].map((held) => {
    const [resource_type = '', type] = held.split(':');
    return {
      resource: item.sk.slice(grantPrefix.length),
      resource_type,
      type: type as AccessType,
    };
  });
