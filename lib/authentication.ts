import { foldName } from './names.ts';
import { type Caller, isLive } from './standing.ts';
import type { TokenItem, UserItem } from './table/items.ts';
import { tokenKey, userKey } from './table/keys.ts';
import { readEach } from './table/read.ts';
import { parseAuthorization } from './tokens.ts';

/**
 * Who an Authorization header speaks for; undefined when for no one. One request to the table, and
 * none for a header that was never minted here.
 */
export const authenticate = async (
  authorization: string,
): Promise<(Caller & { username: string }) | undefined> => {
  const token = parseAuthorization(authorization);
  if (!token) return undefined;
  const name = foldName(token.username);
  const keys = { user: userKey(name), token: tokenKey(name, token.tokenId) };
  const items = await readEach([keys.user, keys.token]);
  const user = items.get<UserItem>(keys.user);
  const stored = items.get<TokenItem>(keys.token);
  if (!stored || !token.matches(stored.secret_hash)) return undefined;
  const caller: Caller = {
    name,
    userId: stored.user_id,
    tokenId: token.tokenId,
    scope: stored.scope,
    expiresAt: stored.expires_at,
  };
  return isLive(user, caller) ? { ...caller, username: user.username } : undefined;
};
