import { randomUUID } from 'node:crypto';
import { allows, type Permission } from './access.ts';
import { change } from './change.ts';
import { conflict, forbidden, notFound, unauthenticated } from './errors.ts';
import { countFailure, forgive, guessKeys, requireToTry } from './guesses.ts';
import { noSessions } from './live-tokens.ts';
import { foldName } from './names.ts';
import { fitter } from './paging.ts';
import { checkNewPassword, hashPassword, verifyPassword } from './passwords.ts';
import {
  type Caller,
  checkStanding,
  isGlobalAdmin,
  isLive,
  onAccount,
  onUser,
  readStanding,
  requirePermission,
  requireSelfOr,
  requireToCover,
  requireToGrant,
  unchanged,
} from './standing.ts';
import { deleteOf, isNew, type Piece, putOf, updateOf } from './table/actions.ts';
import { newGrantItems, newUserItem, type UserItem } from './table/items.ts';
import { userKey } from './table/keys.ts';
import { readAccount } from './table/read.ts';
import { removeRemains } from './table/remains.ts';
import { type Step, transact } from './table/transact.ts';

/** The caller with as many of its grants as fit into one answer. One request up to 1 MB of grants. */
export const readSelf = async (caller: Caller) => {
  const account = await readAccount(caller.name, fitter());
  if (!account || !isLive(account.user, caller)) throw unauthenticated();
  const { user, grants, more } = account;
  return { username: user.username, grants, more, scope: caller.scope };
};

/**
 * A user, for itself or who may read it; the hash only for who has admin on it.
 * @param username in any spelling, already checked
 */
export const readUser = async (caller: Caller, username: string) => {
  const name = foldName(username);
  const standing = await readStanding(caller, [onUser('read', name)], { also: [userKey(name)] });
  requireSelfOr('read', standing, name);
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
  const { username, policies } = input;
  const name = foldName(username);
  const admin = onUser('admin', name);
  checkNewPassword('password', input.password, username);
  const taken = conflict(`There is already a user ${username}: choose another name.`);
  let passwordHash: string | undefined;

  return change(caller, 'users.create', username, async (record) => {
    const standing = await readStanding(caller, [admin, ...policies], {
      also: [userKey(name)],
      together: true,
    });
    requirePermission(standing, admin);
    for (const policy of policies) requireToGrant(standing, policy);
    if (standing.items.get(userKey(name))) throw taken;

    passwordHash ??= await hashPassword(input.password);
    const now = new Date().toISOString();
    const owner = { name, userId: randomUUID(), username, passwordHash, now };
    const grants = newGrantItems(owner, policies, { by: caller.name, at: now });
    await transact([
      checkStanding(standing),
      { action: putOf(newUserItem(owner), isNew), otherwise: taken },
      // Unconditioned: an item of that key can only be what an earlier user of this name left.
      ...grants.map((grant) => ({ action: putOf(grant) })),
      record(owner, { after: { username, permissions: policies } }),
    ]);
    return { username, passwordHash };
  });
};

/** Deletes a user and all it has. Its tokens are dead at once, its items are removed after. */
export const deleteUser = async (caller: Caller, username: string): Promise<void> => {
  const name = foldName(username);
  const admin = onUser('admin', name);
  const deleted = await change(caller, 'users.delete', username, async (record) => {
    const standing = await readStanding(caller, [admin], { also: [userKey(name)], together: true });
    requirePermission(standing, admin);
    // Read after the two versions that the write is conditioned on, so no change can slip between.
    await requireToCover(standing, name);
    const target = standing.items.get<UserItem>(userKey(name));
    if (!target) throw notFound(username);
    // Rule L. Only a global admin covers another one, so this keeps at least one alive.
    if (name === caller.name && isGlobalAdmin(standing)) {
      throw conflict('A global admin cannot delete itself: let another global admin do it.');
    }
    const subject = { name, username: target.username, userId: target.user_id };
    await transact([
      ...onAccount(standing, target, (...when) => deleteOf(target, ...when, unchanged(target))),
      record(subject, { before: { username: target.username, created_at: target.created_at } }),
    ]);
    return target;
  });
  await removeRemains(deleted);
};

/**
 * Sets a password: by an admin of the account, or by its user who knows the current one. Every session of
 * the user is over then. Wrong current passwords count like failed logins.
 */
export const setPassword = (
  caller: Caller,
  input: { username: string; newPassword: string; currentPassword?: string | undefined },
): Promise<void> => {
  const { username, newPassword, currentPassword } = input;
  const name = foldName(username);
  const admin = onUser('admin', name);
  checkNewPassword('new_password', newPassword, username);
  const isSelf = name === caller.name;
  const guessed = isSelf && currentPassword !== undefined ? guessKeys(name, caller) : undefined;
  let passwordHash: string | undefined;

  return change(caller, 'users.set-password', username, async (record) => {
    const standing = await readStanding(caller, [admin], {
      also: [userKey(name), ...(guessed ?? [])],
      together: true,
    });
    let forgiven: Step[] = [];
    if (guessed && currentPassword !== undefined) {
      const guesses = requireToTry(standing.items, guessed);
      if (!(await verifyPassword(currentPassword, standing.user.password_hash))) {
        await transact(countFailure(guesses));
        throw forbidden('current_password is not the current password of this user.');
      }
      forgiven = forgive(guesses);
    } else {
      const hint = isSelf ? ', or your current password in current_password' : '';
      requirePermission(standing, admin, hint);
      await requireToCover(standing, name);
    }
    const target = standing.items.get<UserItem>(userKey(name));
    if (!target) throw notFound(username);

    passwordHash ??= await hashPassword(newPassword);
    const now = new Date().toISOString();
    const renewal: Piece = {
      text: `SET password_hash = :new, password_changed_at = :now, ${noSessions.text}`,
      ...(noSessions.names && { names: noSessions.names }),
      values: { ...noSessions.values, ':new': passwordHash, ':now': now },
    };
    const subject = { name, username: target.username, userId: target.user_id };
    await transact([
      ...onAccount(standing, target, (...when) =>
        updateOf(target, renewal, ...when, unchanged(target)),
      ),
      ...forgiven,
      record(subject, {
        before: {
          password_changed_at: target.password_changed_at,
          sessions: Object.keys(target.sessions),
        },
        after: { password_changed_at: now, sessions: [] },
      }),
    ]);
  });
};
