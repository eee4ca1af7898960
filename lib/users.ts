import { randomUUID } from 'node:crypto';
import { allows, type Permission } from './access.ts';
import { config } from './config.ts';
import { conflict, forbidden, notFound, unauthenticated } from './errors.ts';
import { foldName } from './names.ts';
import { checkNewPassword, hashPassword, verifyPassword } from './passwords.ts';
import {
  type Caller,
  guarded,
  isGlobalAdmin,
  isLive,
  readStanding,
  requirePermission,
  requireToCover,
  requireToGrant,
  stillStands,
  targetUnchanged,
} from './standing.ts';
import { newGrantItems, newUserItem, type UserItem } from './table/items.ts';
import { userKey } from './table/keys.ts';
import { readAccount } from './table/read.ts';
import { removeRemains } from './table/remains.ts';
import { decideAndWrite, transact } from './table/transact.ts';

/** The need to do `type` to a user, whose resource is its folded name. */
export const onUser = (type: Permission['type'], name: string): Permission => ({
  resource: name,
  resource_type: 'user',
  type,
});

/** The caller with all its grants. One request up to 1 MB of grants. */
export const readSelf = async (caller: Caller) => {
  const account = await readAccount(caller.name);
  if (!account || !isLive(account.user, caller)) throw unauthenticated();
  return { username: account.user.username, grants: account.grants, scope: caller.scope };
};

/**
 * A user, for itself or who may read it; the hash only for who has admin on it.
 * @param username in any spelling, already checked
 */
export const readUser = async (caller: Caller, username: string) => {
  const name = foldName(username);
  const read = onUser('read', name);
  const standing = await readStanding(caller, [read], { also: [userKey(name)] });
  if (name !== caller.name) requirePermission(standing, read);
  const user = standing.items.get<UserItem>(userKey(name));
  if (!user) throw notFound(username);
  const mayAdminister = allows(standing, onUser('admin', name));
  return {
    username: user.username,
    passwordHash: mayAdminister ? user.password_hash : undefined,
  };
};

/**
 * Creates a user with its first permissions, in one transaction that fails if the creator lost a grant
 * meanwhile. Throws `conflict` when the name is taken, in any spelling.
 */
export const createUser = async (
  caller: Caller,
  input: { username: string; password: string; policies: readonly Permission[] },
) => {
  const name = foldName(input.username);
  const admin = onUser('admin', name);
  checkNewPassword('password', input.password, input.username);
  const taken = conflict(`There is already a user ${input.username}: choose another name.`);
  let passwordHash: string | undefined;

  return decideAndWrite(async () => {
    const standing = await readStanding(caller, [admin, ...input.policies], {
      also: [userKey(name)],
      together: true,
    });
    requirePermission(standing, admin);
    for (const policy of input.policies) requireToGrant(standing, policy);
    if (standing.items.get(userKey(name))) throw taken;

    passwordHash ??= await hashPassword(input.password);
    const now = new Date().toISOString();
    const owner = { name, userId: randomUUID(), username: input.username, passwordHash, now };
    const grants = newGrantItems(owner, input.policies, { by: caller.name, at: now });
    await transact([
      stillStands(standing),
      {
        action: {
          Put: {
            TableName: config.tableName,
            Item: newUserItem(owner),
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
        otherwise: taken,
      },
      // Unconditioned: an item of that key can only be what an earlier user of this name left.
      ...grants.map((Item) => ({
        action: { Put: { TableName: config.tableName, Item } },
        otherwise: taken,
      })),
    ]);
    return { username: input.username, passwordHash };
  });
};

/** Reads what changing an account is decided on, and requires admin on it and rule C. */
const readTarget = async (caller: Caller, username: string, hint?: string) => {
  const name = foldName(username);
  const admin = onUser('admin', name);
  const standing = await readStanding(caller, [admin], { also: [userKey(name)], together: true });
  return {
    standing,
    target: standing.items.get<UserItem>(userKey(name)),
    /** Throws unless the caller may administer the account. */
    requireAdmin: async () => {
      requirePermission(standing, admin, hint);
      // Read after the two versions that the write is conditioned on, so no change can slip between.
      await requireToCover(standing, name);
    },
  };
};

/** Deletes a user and all it has. Its tokens are dead at once, its items are removed after. */
export const deleteUser = async (caller: Caller, username: string): Promise<void> => {
  const target = await decideAndWrite(async () => {
    const { standing, target, requireAdmin } = await readTarget(caller, username);
    await requireAdmin();
    if (!target) throw notFound(username);
    // Rule L. Only a global admin covers another one, so this keeps at least one alive.
    if (target.pk === standing.user.pk && isGlobalAdmin(standing)) {
      throw conflict('A global admin cannot delete itself: let another global admin do it.');
    }
    const action = { Delete: targetUnchanged(standing, target) };
    await transact(guarded(standing, target, { action, otherwise: 'decide again' }));
    return target;
  });
  await removeRemains(target);
};

/** Sets a password: by an admin of the account, or by its user who knows the current one. */
export const setPassword = async (
  caller: Caller,
  input: { username: string; newPassword: string; currentPassword?: string | undefined },
): Promise<void> => {
  checkNewPassword('new_password', input.newPassword, input.username);
  const isSelf = foldName(input.username) === caller.name;
  const hint = isSelf ? ', or your current password in current_password' : '';
  let passwordHash: string | undefined;

  await decideAndWrite(async () => {
    const { standing, target, requireAdmin } = await readTarget(caller, input.username, hint);
    if (isSelf && input.currentPassword !== undefined) {
      const known = await verifyPassword(input.currentPassword, standing.user.password_hash);
      if (!known) throw forbidden('current_password is not the current password of this user.');
    } else {
      await requireAdmin();
    }
    if (!target) throw notFound(input.username);

    passwordHash ??= await hashPassword(input.newPassword);
    const condition = targetUnchanged(standing, target);
    const action = {
      Update: {
        ...condition,
        UpdateExpression: 'SET password_hash = :new, password_changed_at = :now',
        ExpressionAttributeValues: {
          ...condition.ExpressionAttributeValues,
          ':new': passwordHash,
          ':now': new Date().toISOString(),
        },
      },
    };
    await transact(guarded(standing, target, { action, otherwise: 'decide again' }));
  });
};
