import { randomBytes, randomUUID } from 'node:crypto';
import { covers, globalAdmin } from './access.ts';
import { eventStep } from './audit.ts';
import { conflict } from './errors.ts';
import { foldName } from './fold-name.ts';
import { hashPassword } from './passwords.ts';
import { isNew, ofUser, type Piece, putOf, updateOf } from './table/actions.ts';
import {
  type GrantItem,
  newGrantItems,
  newUserItem,
  permissionsOf,
  type TokenItem,
  type UserItem,
} from './table/items.ts';
import { grantKey, tokenKey, userKey } from './table/keys.ts';
import { readTogether } from './table/read.ts';
import { transact } from './table/transact.ts';
import { mintToken } from './tokens.ts';

/**
 * Makes a global admin, or takes one back: an existing user of that name gets a new random password,
 * all its other tokens end, and it is a global admin again. Returns a token, once.
 * @param given checked and NFKC-normalized
 * @param requestId of the invocation, for the history
 */
export const bootstrapAdmin = async (given: string, requestId: string) => {
  const name = foldName(given);
  const keys = { user: userKey(name), grant: grantKey(name, globalAdmin.resource) };
  const items = await readTogether([keys.user, keys.grant]);
  const existing = items.get<UserItem>(keys.user);
  const username = existing?.username ?? given;
  const now = new Date().toISOString();
  const token = mintToken('api_key', username);
  const userId = existing?.user_id ?? randomUUID();
  const passwordHash = await hashPassword(randomBytes(32).toString('base64url'));
  const tokens = { api_keys: { [token.tokenId]: null }, sessions: {} };
  const tokenItem: TokenItem = {
    ...tokenKey(name, token.tokenId),
    user_id: userId,
    kind: 'api_key',
    name: 'bootstrap',
    secret_hash: token.secretHash,
    created_at: now,
  };
  const grant = items.get<GrantItem>(keys.grant);
  const held = existing && grant?.user_id === existing.user_id ? permissionsOf(grant) : [];
  const permissions = [...held.filter((one) => !covers(one, globalAdmin)), globalAdmin];
  const granted = { by: 'bootstrap', at: now };
  const takeBack: Piece = {
    text: 'SET password_hash = :hash, password_changed_at = :now, api_keys = :keys, sessions = :sessions ADD grants_version :one',
    values: {
      ':hash': passwordHash,
      ':now': now,
      ':keys': tokens.api_keys,
      ':sessions': tokens.sessions,
      ':one': 1,
    },
  };
  const asRead: Piece = {
    text: 'grants_version = :grants',
    values: { ':grants': existing?.grants_version },
  };
  const user = { ...newUserItem({ name, userId, username, passwordHash, now }), ...tokens };
  await transact([
    {
      action: existing ? updateOf(existing, takeBack, ofUser(userId), asRead) : putOf(user, isNew),
      otherwise: conflict('This user was changed meanwhile: invoke again.'),
    },
    ...newGrantItems({ name, userId }, permissions, granted).map((item) => ({
      action: putOf(item),
    })),
    { action: putOf(tokenItem) },
    eventStep(
      { name, userId },
      {
        operation: 'bootstrap',
        outcome: 'done',
        actor: 'bootstrap',
        username,
        before: { permissions: held },
        after: { permissions, api_keys: [token.tokenId], sessions: [] },
        request_id: requestId,
      },
    ),
  ]);
  return { username, token: token.encoded };
};
