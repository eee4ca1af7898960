import { hourMs } from './duration.ts';
import { isConditionFailed } from './dynamodb/errors.ts';
import { foldName } from './fold-name.ts';
import { describeError, log } from './log.ts';
import { isLive, type Principal } from './standing.ts';
import { updateOf } from './table/actions.ts';
import { askTable } from './table/client.ts';
import type { TokenItem, UserItem } from './table/items.ts';
import { tokenKey, userKey } from './table/keys.ts';
import { readEach } from './table/read.ts';
import { parseAuthorization } from './tokens.ts';

const mostNotingMs = 500;

/**
 * Notes that an API key is in use, once an hour at most. Whether that works out is of no concern to the
 * request: it is tried once, waits half a second at the very most, and a failure is logged.
 */
const noteUse = async (token: TokenItem): Promise<void> => {
  const now = Date.now();
  if (token.kind !== 'api_key' || now - Date.parse(token.last_used_at ?? '1970') < hourMs) return;
  const change = {
    text: 'SET last_used_at = :now',
    values: { ':now': new Date(now).toISOString() },
  };
  // Two sandboxes may come at once, and the key may be gone by now.
  const once = {
    text: 'user_id = :user AND (attribute_not_exists(last_used_at) OR last_used_at < :hourAgo)',
    values: { ':user': token.user_id, ':hourAgo': new Date(now - hourMs).toISOString() },
  };
  try {
    const { Update } = updateOf(token, change, once);
    await askTable('UpdateItem', Update, { tries: 1, tryMs: mostNotingMs });
  } catch (error) {
    if (isConditionFailed(error)) return;
    log.warn('The use of a key was not noted', { error: describeError(error) });
  }
};

/**
 * Whom an Authorization header speaks for; undefined when for no one. One request to the table, and
 * none for a header that was never minted here.
 */
export const authenticate = async (authorization: string): Promise<Principal | undefined> => {
  const token = parseAuthorization(authorization);
  if (!token) return undefined;
  const name = foldName(token.username);
  const keys = { user: userKey(name), token: tokenKey(name, token.tokenId) };
  const items = await readEach([keys.user, keys.token]);
  const user = items.get<UserItem>(keys.user);
  const stored = items.get<TokenItem>(keys.token);
  if (!stored || !token.matches(stored.secret_hash)) return undefined;
  const found = {
    name,
    userId: stored.user_id,
    tokenId: token.tokenId,
    scope: stored.scope,
    expiresAt: stored.expires_at,
  };
  if (!isLive(user, found)) return undefined;
  await noteUse(stored);
  return { ...found, username: user.username };
};
