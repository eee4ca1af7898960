import { randomBytes, randomUUID } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { globalAdmin } from './access.ts';
import { eventStep } from './audit.ts';
import { config } from './config.ts';
import { conflict } from './errors.ts';
import { foldName } from './names.ts';
import { hashPassword } from './passwords.ts';
import { sameUser } from './standing.ts';
import { isNew, type Piece, putOf, updateOf } from './table/actions.ts';
import { table } from './table/client.ts';
import { newGrantItems, newUserItem, type TokenItem, type UserItem } from './table/items.ts';
import { tokenKey, userKey } from './table/keys.ts';
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
  const { Item } = await table.send(
    new GetCommand({ TableName: config.tableName, Key: userKey(name), ConsistentRead: true }),
  );
  const existing = Item as UserItem | undefined;
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
  const user = { ...newUserItem({ name, userId, username, passwordHash, now }), ...tokens };
  await transact([
    {
      action: existing ? updateOf(existing, takeBack, sameUser(existing)) : putOf(user, isNew),
      otherwise: conflict('This user was changed meanwhile: invoke again.'),
    },
    ...newGrantItems({ name, userId }, [globalAdmin], { by: 'bootstrap', at: now }).map(
      (grant) => ({
        action: putOf(grant),
      }),
    ),
    { action: putOf(tokenItem) },
    eventStep(
      { name, userId },
      {
        operation: 'bootstrap',
        outcome: 'done',
        actor: 'bootstrap',
        username,
        after: { permissions: [globalAdmin], api_keys: [token.tokenId], sessions: [] },
        request_id: requestId,
      },
    ),
  ]);
  return { username, token: token.encoded };
};
