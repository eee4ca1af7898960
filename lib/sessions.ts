import { setTimeout as sleep } from 'node:timers/promises';
import { eventStep, fromOrigin } from './audit.ts';
import { change } from './change.ts';
import { config } from './config.ts';
import { hourMs } from './duration.ts';
import { isConditionFailed } from './dynamodb/errors.ts';
import { forbidden, notFound, wrongCredentials } from './errors.ts';
import { foldName } from './fold-name.ts';
import { forgive, guessKeys, recordFailure, requireToTry } from './guesses.ts';
import { expiryAt, expiryIn, list, noSessions, unlist } from './live-tokens.ts';
import { describeError, log } from './log.ts';
import { fitsBcrypt, hashPassword, isOutdated, verifyEvenly } from './passwords.ts';
import {
  type Caller,
  type Origin,
  onAccount,
  onUser,
  readForChange,
  readStanding,
  requireToRevoke,
} from './standing.ts';
import { deleteOf, ofUser, type Piece, putOf, updateOf } from './table/actions.ts';
import { askTable } from './table/client.ts';
import type { TokenItem, UserItem } from './table/items.ts';
import { tokenKey, userKey } from './table/keys.ts';
import { readEach } from './table/read.ts';
import { decideAndWrite, transact } from './table/transact.ts';
import { kindOf, mintToken } from './tokens.ts';

/** How long a session lives unless its user asks for another time. */
const usualMs = 12 * hourMs;

/**
 * Renews a hash that was made when hashing was cheaper, or elsewhere. It can wait for the next login if it
 * fails; where the password is too long for bcrypt, the hash stays.
 */
const renewHash = async (user: UserItem, password: string): Promise<void> => {
  if (!isOutdated(user.password_hash) || !fitsBcrypt(password)) return;
  try {
    const renewal: Piece = {
      text: 'SET password_hash = :renewed',
      values: { ':renewed': await hashPassword(password) },
    };
    const { Update } = updateOf(user, renewal, ofUser(user.user_id), samePassword(user));
    await askTable('UpdateItem', Update);
  } catch (error) {
    if (isConditionFailed(error)) return;
    log.warn('A password hash was not renewed', { error: describeError(error) });
  }
};

const samePassword = (user: UserItem): Piece => ({
  text: 'password_hash = :hash',
  values: { ':hash': user.password_hash },
});

interface Login {
  username: string;
  password: string;
  /** Until the session is over. */
  expiresInMs?: number | undefined;
}

/** Whether the password that one login came with is right, by hash: each is compared once. */
type Tried = Map<string | undefined, Promise<boolean>>;

/** Decides and writes a login, or its failure. */
const logIn = async (origin: Origin, input: Login, tried: Tried) => {
  const name = foldName(input.username);
  const keys = guessKeys(name, origin);

  const session = await decideAndWrite(async () => {
    const items = await readEach([userKey(name), ...keys]);
    const guesses = requireToTry(items, keys);
    const user = items.get<UserItem>(userKey(name));
    const hash = user?.password_hash;
    // Once, however often it is decided.
    if (!tried.has(hash)) tried.set(hash, verifyEvenly(input.password, hash));
    const isRight = await tried.get(hash);
    const username = user?.username ?? input.username;
    const event = {
      operation: 'sessions.create',
      actor: username,
      username,
      ...fromOrigin(origin),
    };
    if (!user || !isRight) {
      await recordFailure(guesses, user ?? name, event);
      return undefined;
    }

    const minted = mintToken('session', username);
    const expires_at = expiryIn(input.expiresInMs ?? usualMs);
    const token: TokenItem = {
      ...tokenKey(name, minted.tokenId),
      user_id: user.user_id,
      kind: 'session',
      secret_hash: minted.secretHash,
      created_at: new Date().toISOString(),
      ...expiryAt(expires_at),
    };
    const { change: login, room } = list(user, token, minted.tokenId);
    await transact([
      { action: updateOf(user, login, ofUser(user.user_id), samePassword(user), room) },
      { action: putOf(token) },
      ...forgive(guesses),
      eventStep(
        { name, userId: user.user_id },
        { ...event, outcome: 'done', token_id: minted.tokenId, after: { expires_at } },
      ),
    ]);
    return { user, token: minted.encoded, expires_at };
  });
  if (!session) throw wrongCredentials();
  return session;
};

/**
 * Logs in. A failure says the same whether or not the user exists, and no earlier than the stage sets. Throws
 * `wrong_credentials`, or `too_many_failures` while a wait for this username is on.
 */
export const createSession = async (origin: Origin, input: Login) => {
  const failsAt = performance.now() + config.failedLoginMs;
  const tried: Tried = new Map();
  try {
    const { user, ...rest } = await logIn(origin, input, tried);
    // Only now: before, the time it takes would tell of a right password that came too often.
    await renewHash(user, input.password);
    return { username: user.username, ...rest };
  } catch (error) {
    // Whatever became of it, how long comparing took may not show. It is counted by now.
    if (tried.size > 0) await sleep(Math.max(0, Math.ceil(failsAt - performance.now())));
    throw error;
  }
};

/** Logs out: ends the session that the caller came with. An API key ends by being deleted. */
export const deleteCurrentSession = (caller: Caller): Promise<void> =>
  change(caller, 'sessions.delete', caller.username, async (record) => {
    const { tokenId } = caller;
    const standing = await readStanding(caller, [], { together: true });
    if (kindOf(tokenId) !== 'session') {
      throw forbidden(
        `This needs a session's token, and came with an API key: end a key with DELETE /api/v1/users/${encodeURIComponent(caller.username)}/api-keys/${tokenId}.`,
      );
    }
    const { user } = standing;
    await transact([
      ...onAccount(standing, user, (...when) => updateOf(user, unlist(tokenId), ...when)),
      { action: deleteOf(tokenKey(caller.name, tokenId)) },
      record(user, { before: { sessions: [tokenId] } }),
    ]);
  });

/** Ends every session of a user, for itself or for who administers it. Its API keys live on. */
export const deleteSessions = (caller: Caller, username: string): Promise<void> =>
  change(caller, 'sessions.delete-all', username, async (record) => {
    const admin = onUser('admin', foldName(username));
    const { name, standing, target } = await readForChange(caller, username, [admin]);
    requireToRevoke(standing, name);
    if (!target) throw notFound(username);
    const sessions = Object.keys(target.sessions);
    if (sessions.length === 0) return;
    const end: Piece = { ...noSessions, text: `SET ${noSessions.text}` };
    await transact([
      ...onAccount(standing, target, (...when) => updateOf(target, end, ...when)),
      record(target, { before: { sessions } }),
    ]);
  });
