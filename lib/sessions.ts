import { eventStep, fromOrigin, mostFailuresKept } from './audit.ts';
import { change } from './change.ts';
import { forbidden, notFound, wrongCredentials } from './errors.ts';
import { countFailure, failuresOf, forgive, guessKeys, requireToTry } from './guesses.ts';
import { expiryOf, list, noSessions, unlist } from './live-tokens.ts';
import { foldName } from './names.ts';
import { hashPassword, isOutdated, verifyEvenly } from './passwords.ts';
import {
  type Caller,
  type Origin,
  onAccount,
  onUser,
  readStanding,
  requireToRevoke,
  sameUser,
} from './standing.ts';
import { deleteOf, type Piece, putOf, updateOf } from './table/actions.ts';
import type { TokenItem, UserItem } from './table/items.ts';
import { tokenKey, userKey } from './table/keys.ts';
import { readEach } from './table/read.ts';
import { decideAndWrite, transact } from './table/transact.ts';
import { kindOf, mintToken } from './tokens.ts';

const hourMs = 3_600_000;
/** How long a session lives unless its user asks for another time. */
const usualMs = 12 * hourMs;

/** Kept like the counters beside it: a made-up username must not fill the table. */
const unknownKeptMs = hourMs;

/**
 * Logs in. A failure says the same in the same time whether or not the user exists. Throws
 * `wrong_credentials`, or `too_many_failures` while a wait for this username is on.
 * @param expiresInMs until the session is over
 */
export const createSession = async (
  origin: Origin,
  input: { username: string; password: string; expiresInMs?: number | undefined },
) => {
  const name = foldName(input.username);
  const keys = guessKeys(name, origin);
  const tried = new Map<string | undefined, Promise<boolean>>();
  let rehashed: string | undefined;

  const decided = await decideAndWrite(async () => {
    const items = await readEach([userKey(name), ...keys]);
    const guesses = requireToTry(items, keys);
    const user = items.get<UserItem>(userKey(name));
    const hash = user?.password_hash;
    // Once for each hash, however often it is decided.
    if (!tried.has(hash)) tried.set(hash, verifyEvenly(input.password, hash));
    const isRight = await tried.get(hash);
    const username = user?.username ?? input.username;
    const history = { name, userId: user?.user_id };
    const event = {
      operation: 'sessions.create',
      actor: username,
      username,
      ...fromOrigin(origin),
    };

    if (!user || !isRight) {
      const failed = { ...event, outcome: 'failed' as const };
      await transact([
        ...countFailure(guesses),
        ...(failuresOf(guesses) < mostFailuresKept
          ? [user ? eventStep(history, failed) : eventStep(history, failed, unknownKeptMs)]
          : []),
      ]);
      return undefined;
    }

    if (isOutdated(user.password_hash)) rehashed ??= await hashPassword(input.password);
    const minted = mintToken('session', username);
    const expiry = expiryOf(input.expiresInMs ?? usualMs);
    const token: TokenItem = {
      ...tokenKey(name, minted.tokenId),
      user_id: user.user_id,
      kind: 'session',
      secret_hash: minted.secretHash,
      created_at: new Date().toISOString(),
      ...expiry,
    };
    const { set, remove, room } = list(user, token, minted.tokenId);
    const samePassword: Piece = {
      text: 'password_hash = :hash',
      values: { ':hash': user.password_hash },
    };
    const login: Piece = {
      text: `SET ${set.text}${rehashed ? ', password_hash = :rehashed' : ''}${remove.text}`,
      names: { ...set.names, ...remove.names },
      values: { ...set.values, ...(rehashed && { ':rehashed': rehashed }) },
    };
    await transact([
      { action: updateOf(user, login, sameUser(user), samePassword, room) },
      { action: putOf(token) },
      ...forgive(guesses),
      eventStep(history, {
        ...event,
        outcome: 'done',
        token_id: minted.tokenId,
        after: { expires_at: expiry.expires_at },
      }),
    ]);
    return { username, token: minted.encoded, expires_at: expiry.expires_at };
  });
  if (!decided) throw wrongCredentials();
  return decided;
};

/** Logs out: ends the session that the caller came with. An API key ends by being deleted. */
export const deleteCurrentSession = (caller: Caller): Promise<void> =>
  change(caller, 'sessions.delete', caller.username, async (record) => {
    if (kindOf(caller.tokenId) !== 'session') {
      throw forbidden(
        `This needs a session's token, and came with an API key: end a key with DELETE /api/v1/users/${encodeURIComponent(caller.username)}/api-keys/${caller.tokenId}.`,
      );
    }
    const standing = await readStanding(caller, [], { together: true });
    const { user } = standing;
    await transact([
      ...onAccount(standing, user, (...when) => updateOf(user, unlist(caller.tokenId), ...when)),
      { action: deleteOf(tokenKey(caller.name, caller.tokenId)) },
      record(
        { name: caller.name, username: user.username, userId: user.user_id },
        { before: { sessions: [caller.tokenId] } },
      ),
    ]);
  });

/** Ends every session of a user, for itself or for who administers it. Its API keys live on. */
export const deleteSessions = (caller: Caller, username: string): Promise<void> =>
  change(caller, 'sessions.delete-all', username, async (record) => {
    const name = foldName(username);
    const admin = onUser('admin', name);
    const standing = await readStanding(caller, [admin], { also: [userKey(name)], together: true });
    requireToRevoke(standing, name);
    const target = standing.items.get<UserItem>(userKey(name));
    if (!target) throw notFound(username);
    const sessions = Object.keys(target.sessions);
    if (sessions.length === 0) return;
    const end: Piece = { ...noSessions, text: `SET ${noSessions.text}` };
    await transact([
      ...onAccount(standing, target, (...when) => updateOf(target, end, ...when)),
      record({ name, username: target.username, userId: target.user_id }, { before: { sessions } }),
    ]);
  });
