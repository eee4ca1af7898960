import type { Permission } from '../access.ts';
import { foldName } from '../names.ts';
import type { Caller } from '../standing.ts';

/** What the authorizer says of a caller: API Gateway passes scalars only, and as strings. */
export interface AuthorizerContext {
  username: string;
  user_id: string;
  token_id: string;
  /** JSON of a Permission[] */
  scope?: string;
  expires_at?: string;
}

export const toContext = (caller: Caller & { username: string }): AuthorizerContext => ({
  username: caller.username,
  user_id: caller.userId,
  token_id: caller.tokenId,
  ...(caller.scope && { scope: JSON.stringify(caller.scope) }),
  ...(caller.expiresAt && { expires_at: caller.expiresAt }),
});

/** The caller of a request that passed the authorizer. Throws if none did: the stack is wrong then. */
export const toCaller = (context: Partial<AuthorizerContext> | null | undefined): Caller => {
  const { username, user_id, token_id, scope, expires_at } = context ?? {};
  if (!username || !user_id || !token_id) throw new Error('The request has passed no authorizer.');
  return {
    name: foldName(username),
    userId: user_id,
    tokenId: token_id,
    scope: scope === undefined ? undefined : (JSON.parse(scope) as Permission[]),
    expiresAt: expires_at,
  };
};
