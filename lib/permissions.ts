import { covers, describe, globalAdmin, type Permission } from './access.ts';
import { change } from './change.ts';
import { conflict, missing, notFound } from './errors.ts';
import { foldName } from './names.ts';
import { fitter } from './paging.ts';
import {
  type Caller,
  onAccount,
  onUser,
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
import { type Action, transact } from './table/transact.ts';

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
  const name = foldName(username);
  const key = grantKey(name, permission.resource);
  const standing = await readStanding(caller, [permission], {
    also: [userKey(name), key],
    together: true,
  });
  requireToGrant(standing, permission);
  const target = standing.items.get<UserItem>(userKey(name));
  if (!target) throw notFound(username);
  const found = standing.items.get<GrantItem>(key);
  return {
    standing,
    target,
    subject: { name, username: target.username, userId: target.user_id },
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
    const { standing, target, subject, found, grant } = await readToGrant(
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
    const add: Piece = {
      text: 'ADD #types :type SET granted_by = :by, granted_at = :at',
      values: { ':type': new Set([type]), ':by': granted.by, ':at': granted.at },
    };
    const whenAsFound = found ? isItem(found) : isNew;
    const puts = newGrantItems(subject, [permission], granted).map((item) =>
      putOf(item, whenAsFound),
    );
    const writes: Action[] = grant ? [updateOf(grant, add, isItem(grant))] : puts;
    const before = grant ? permissionsOf(grant) : [];
    await transact([
      ...countChange(standing, target),
      ...writes.map((action) => ({ action })),
      record(subject, {
        before: { permissions: before },
        after: { permissions: [...before, permission] },
      }),
    ]);
  });

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
    const { standing, target, subject, grant } = await readToGrant(caller, username, {
      ...given,
      type: given.type ?? 'admin',
    });
    const held = grant ? permissionsOf(grant) : [];
    const gone = held.filter(
      ({ resource_type, type }) =>
        resource_type === given.resource_type && type === (given.type ?? type),
    );
    if (!grant || gone.length === 0) {
      const what = describe({ ...given, type: given.type ?? 'admin' });
      throw missing(
        given.type
          ? `This user does not have the permission ${what}.`
          : `This user has no permission ${what.slice('admin '.length)}.`,
      );
    }
    // Rule L. Only a global admin may take this from another one, so this keeps at least one.
    const isOwn = target.pk === standing.user.pk;
    if (isOwn && gone.some((permission) => covers(permission, globalAdmin))) {
      throw conflict(
        'A global admin cannot give up its own global admin: let another global admin take it.',
      );
    }
    const types = new Set(gone.map(typeOf));
    const remove: Piece = { text: 'DELETE #types :gone', values: { ':gone': types } };
    const write: Action =
      gone.length === held.length
        ? deleteOf(grant, isItem(grant))
        : updateOf(grant, remove, isItem(grant));
    await transact([
      ...countChange(standing, target),
      { action: write },
      record(subject, {
        before: { permissions: held },
        after: { permissions: held.filter((permission) => !gone.includes(permission)) },
      }),
    ]);
  });
