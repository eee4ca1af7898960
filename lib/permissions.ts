import { covers, describe, describeResource, globalAdmin, type Permission } from './access.ts';
import { change } from './change.ts';
import type { TransactAction } from './dynamodb/operations.ts';
import { conflict, missing, notFound } from './errors.ts';
import { foldName } from './fold-name.ts';
import { fitter } from './paging.ts';
import {
  type Caller,
  onAccount,
  onUser,
  readForChange,
  readStanding,
  requireSelfOr,
  requireToGrant,
  type Standing,
} from './standing.ts';
import { deleteOf, isNew, type Piece, putOf, updateOf } from './table/actions.ts';
import {
  type GrantItem,
  newGrantItems,
  permissionsOf,
  typeOf,
  type UserItem,
} from './table/items.ts';
import { grantKey, userKey } from './table/keys.ts';
import { grantItems } from './table/read.ts';
import { transact } from './table/transact.ts';

/**
 * Most permissions on one resource. All of them are one item, and every decision reads it: this keeps its
 * size and so the price of a decision. Over how many resources a user's grants go is not limited.
 */
export const mostOnResource = 100;

/**
 * The grants of a user by resource, for itself or who may read it: as many as fit into one answer.
 * @param after only those on resources after this one
 */
export const listPermissions = async (
  caller: Caller,
  username: string,
  after?: string,
): Promise<{ permissions: Permission[]; more: boolean }> => {
  const name = foldName(username);
  const standing = await readStanding(caller, [onUser('read', name)], { also: [userKey(name)] });
  requireSelfOr('read', standing, name);
  const user = standing.items.get<UserItem>(userKey(name));
  if (!user) throw notFound(username);
  const permissions: Permission[] = [];
  const fits = fitter();
  for await (const item of grantItems(user, after)) {
    const held = permissionsOf(item);
    if (!held.every(fits)) return { permissions, more: true };
    permissions.push(...held);
  }
  return { permissions, more: false };
};

/** What giving and taking are decided on, in one request whatever the number of grants. Rule G. */
const readToGrant = async (caller: Caller, username: string, permission: Permission) => {
  const key = grantKey(foldName(username), permission.resource);
  const { name, standing, target } = await readForChange(caller, username, [permission], [key]);
  requireToGrant(standing, permission);
  if (!target) throw notFound(username);
  const found = standing.items.get<GrantItem>(key);
  return {
    name,
    standing,
    target,
    /** What lies under the key, be it an earlier user's. */
    found,
    /** The target's own grant on the resource. */
    grant: found?.user_id === target.user_id ? found : undefined,
  };
};

/** The target's grants are others now: whatever was decided on them must be decided again. */
const countChange = (standing: Standing, target: UserItem) => {
  const change: Piece = { text: 'ADD grants_version :one', values: { ':one': 1 } };
  return onAccount(standing, target, (...when) => updateOf(target, change, ...when));
};

const isItem = (item: GrantItem): Piece => ({
  text: 'user_id = :grantOf AND #types = :asRead',
  names: { '#types': 'types' },
  values: { ':grantOf': item.user_id, ':asRead': item.types },
});

/** Gives a user a permission. To give it again changes nothing. */
export const grantPermission = (
  caller: Caller,
  username: string,
  permission: Permission,
): Promise<void> =>
  change(caller, 'permissions.create', username, async (record) => {
    const { name, standing, target, found, grant } = await readToGrant(
      caller,
      username,
      permission,
    );
    const type = typeOf(permission);
    if (grant?.types.has(type)) return;
    if (grant && grant.types.size >= mostOnResource) {
      throw conflict(
        `This user has ${mostOnResource} permissions on this resource, the most there may be: remove one first.`,
      );
    }
    const granted = { by: caller.name, at: new Date().toISOString() };
    const [item] = newGrantItems({ name, userId: target.user_id }, [permission], granted);
    const add: Piece = {
      text: 'ADD #types :type SET granted_by = :by, granted_at = :at',
      values: { ':type': new Set([type]), ':by': granted.by, ':at': granted.at },
    };
    const write: TransactAction = grant
      ? updateOf(grant, add, isItem(grant))
      : putOf(item ?? {}, found ? isItem(found) : isNew);
    const before = grant ? permissionsOf(grant).filter(isOfType(permission)) : [];
    await transact([
      ...countChange(standing, target),
      { action: write },
      record(target, {
        before: { permissions: before },
        after: { permissions: [...before, permission] },
      }),
    ]);
  });

/** Of what a user may do to one resource, that of one resource type: what one change is about. */
const isOfType =
  ({ resource_type }: Pick<Permission, 'resource_type'>) =>
  (held: Permission): boolean =>
    held.resource_type === resource_type;

/**
 * Takes a permission from a user, or without a type every one on that resource of that resource type.
 * Throws `not_found` when there is none of these, `conflict` for a global admin's own (rule L).
 */
export const revokePermissions = (
  caller: Caller,
  username: string,
  given: Omit<Permission, 'type'> & { type?: Permission['type'] | undefined },
): Promise<void> =>
  change(caller, 'permissions.delete', username, async (record) => {
    const { standing, target, grant } = await readToGrant(caller, username, {
      ...given,
      type: given.type ?? 'admin',
    });
    const held = grant ? permissionsOf(grant) : [];
    const before = held.filter(isOfType(given));
    const gone = before.filter(({ type }) => type === (given.type ?? type));
    if (!grant || gone.length === 0) {
      throw missing(
        given.type
          ? `This user does not have the permission ${describe({ ...given, type: given.type })}.`
          : `This user has no permission on ${describeResource(given)}.`,
      );
    }
    // Rule L. Only a global admin may take this from another one, so this keeps at least one.
    const isOwn = target.pk === standing.user.pk;
    if (isOwn && gone.some((permission) => covers(permission, globalAdmin))) {
      throw conflict(
        'A global admin cannot give up its own global admin: let another global admin take it.',
      );
    }
    const remove: Piece = {
      text: 'DELETE #types :gone',
      values: { ':gone': new Set(gone.map(typeOf)) },
    };
    const write: TransactAction =
      gone.length === held.length
        ? deleteOf(grant, isItem(grant))
        : updateOf(grant, remove, isItem(grant));
    await transact([
      ...countChange(standing, target),
      { action: write },
      record(target, {
        before: { permissions: before },
        after: { permissions: before.filter((permission) => !gone.includes(permission)) },
      }),
    ]);
  });
