import type { Permission } from '../access.ts';
import { foldName } from '../fold-name.ts';
import type { Principal } from '../standing.ts';

/** What the authorizer says of a caller: API Gateway passes scalars only, and as strings. */
export interface AuthorizerContext {
  username: string;
  user_id: string;
  token_id: string;
  /** JSON of a Permission[] */
  scope?: string;
  expires_at?: string;
}

export const toContext = (principal: Principal): AuthorizerContext => ({
  username: principal.username,
  user_id: principal.userId,
  token_id: principal.tokenId,
  ...(principal.scope && { scope: JSON.stringify(principal.scope) }),
  ...(principal.expiresAt && { expires_at: principal.expiresAt }),
});

/** Who is calling, of a request that passed the authorizer. Throws if none did: the stack is wrong then. */
export const toPrincipal = (context: Partial<AuthorizerContext> | null | undefined): Principal => {
  const { username, user_id, token_id, scope, expires_at } = context ?? {};
  if (!username || !user_id || !token_id) throw new Error('The request has passed no authorizer.');
  return {
    username,
    name: foldName(username),
    userId: user_id,
    tokenId: token_id,
    scope: scope === undefined ? undefined : (JSON.parse(scope) as Permission[]),
    expiresAt: expires_at,
  };
};
