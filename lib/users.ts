import { randomUUID } from 'node:crypto';
import { allows, type Permission } from './access.ts';
import { byCaller } from './audit.ts';
import { change } from './change.ts';
import { conflict, notFound, unauthenticated, wrongPassword } from './errors.ts';
import { foldName } from './fold-name.ts';
import { forgive, guessKeys, recordFailure, requireToTry } from './guesses.ts';
import { requireToVerify } from './imported-hashes.ts';
import { noSessions } from './live-tokens.ts';
import { fitter } from './paging.ts';
import { checkNewPassword, hashPassword, verifyPassword } from './passwords.ts';
import {
  type Caller,
  checkStanding,
  isGlobalAdmin,
  isLive,
  onAccount,
  onUser,
  readForChange,
  readStanding,
  requirePermission,
  requireSelfOr,
  requireToCover,
  requireToGrant,
  type Standing,
  unchanged,
} from './standing.ts';
import { deleteOf, isNew, type Piece, putOf, updateOf } from './table/actions.ts';
import { newGrantItems, newUserItem, type UserItem } from './table/items.ts';
import { type Key, userKey } from './table/keys.ts';
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

/** What a new user logs in with: a password, or the hash of one that only its user knows. */
type Secret = { password: string } | { hash: string };

/**
 * Creates a user with its first permissions, in one transaction that fails if the creator lost a grant
 * meanwhile. Throws `conflict` when the name is taken, in any spelling.
 * @param input.secret its password; or from another system a hash, which has passed its schema
 */
export const createUser = async (
  caller: Caller,
  input: { username: string; secret: Secret; policies: readonly Permission[] },
) => {
  const { username, secret, policies } = input;
  const name = foldName(username);
  const admin = onUser('admin', name);
  if ('password' in secret) checkNewPassword('password', secret.password, username);
  else await requireToVerify(secret.hash);
  const taken = conflict(`There is already a user ${username}: choose another name.`);
  let passwordHash: string | undefined;

  return change(caller, 'users.create', username, async (record) => {
    const needs = [admin, ...policies];
    const { standing, target } = await readForChange(caller, username, needs);
    requirePermission(standing, admin);
    for (const policy of policies) requireToGrant(standing, policy);
    if (target) throw taken;

    passwordHash ??= 'hash' in secret ? secret.hash : await hashPassword(secret.password);
    const now = new Date().toISOString();
    const user = newUserItem({ name, userId: randomUUID(), username, passwordHash, now });
    const grants = newGrantItems({ name, userId: user.user_id }, policies, {
      by: caller.name,
      at: now,
    });
    await transact([
      checkStanding(standing),
      { action: putOf(user, isNew), otherwise: taken },
      // Unconditioned: an item of that key can only be what an earlier user of this name left.
      ...grants.map((grant) => ({ action: putOf(grant) })),
      record(user, {
        after: {
          username,
          permissions: policies,
          ...('hash' in secret && { password: 'imported' }),
        },
      }),
    ]);
    return { username, passwordHash };
  });
};

/** Deletes a user and all it has. Its tokens are dead at once, its items are removed after. */
export const deleteUser = async (caller: Caller, username: string): Promise<void> => {
  const deleted = await change(caller, 'users.delete', username, async (record) => {
    const admin = onUser('admin', foldName(username));
    const { name, standing, target } = await readForChange(caller, username, [admin]);
    requirePermission(standing, admin);
    // Read after the two versions that the write is conditioned on, so no change can slip between.
    await requireToCover(standing, name);
    if (!target) throw notFound(username);
    // Rule L. Only a global admin covers another one, so this keeps at least one alive.
    if (name === caller.name && isGlobalAdmin(standing)) {
      throw conflict('A global admin cannot delete itself: let another global admin do it.');
    }
    await transact([
      ...onAccount(standing, target, (...when) => deleteOf(target, ...when, unchanged(target))),
      record(target, { before: { username: target.username, created_at: target.created_at } }),
    ]);
    return target;
  });
  await removeRemains(deleted);
};

/** Requires the current password, as a login does: wrong ones count against the username. */
const requirePassword = async (
  caller: Caller,
  { items, user }: Standing,
  password: string,
  guessed: [Key, Key],
): Promise<Step[]> => {
  const guesses = requireToTry(items, guessed);
  if (await verifyPassword(password, user.password_hash)) return forgive(guesses);
  await recordFailure(guesses, user, {
    ...byCaller(caller),
    operation: 'users.set-password',
    username: user.username,
  });
  throw wrongPassword();
};

/**
 * Sets a password: by an admin of the account, or by its user who knows the current one. Every session of
 * the user is over then.
 */
export const setPassword = (
  caller: Caller,
  input: { username: string; newPassword: string; currentPassword?: string | undefined },
): Promise<void> => {
  const { username, newPassword, currentPassword } = input;
  const isSelf = foldName(username) === caller.name;
  checkNewPassword('new_password', newPassword, username);
  const guessed = guessKeys(caller.name, caller);
  let passwordHash: string | undefined;

  return change(caller, 'users.set-password', username, async (record) => {
    const admin = onUser('admin', foldName(username));
    const { name, standing, target } = await readForChange(caller, username, [admin], guessed);
    let forgiven: Step[] = [];
    if (isSelf && currentPassword !== undefined) {
      forgiven = await requirePassword(caller, standing, currentPassword, guessed);
    } else {
      const hint = isSelf ? ', or your current password in current_password' : '';
      requirePermission(standing, admin, hint);
      await requireToCover(standing, name);
    }
    if (!target) throw notFound(username);

    passwordHash ??= await hashPassword(newPassword);
    const now = new Date().toISOString();
    const renewal: Piece = {
      text: `SET password_hash = :new, password_changed_at = :now, ${noSessions.text}`,
      values: { ...noSessions.values, ':new': passwordHash, ':now': now },
    };
    await transact([
      ...onAccount(standing, target, (...when) =>
        updateOf(target, renewal, ...when, unchanged(target)),
      ),
      ...forgiven,
      record(target, {
        before: {
          password_changed_at: target.password_changed_at,
          sessions: Object.keys(target.sessions),
        },
        after: { password_changed_at: now, sessions: [] },
      }),
    ]);
  });
};
