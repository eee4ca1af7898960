import { randomBytes, randomUUID } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { globalAdmin } from './access.ts';
import { config } from './config.ts';
import { conflict } from './errors.ts';
import { foldName } from './names.ts';
import { hashPassword } from './passwords.ts';
import { table } from './table/client.ts';
import { newGrantItems, newUserItem, type TokenItem, type UserItem } from './table/items.ts';
import { tokenKey, userKey } from './table/keys.ts';
import { transact } from './table/transact.ts';
import { mintToken } from './tokens.ts';

/**
 * Makes a global admin, or takes one back: an existing user of that name gets a new random password,
 * all its other tokens end, and it is a global admin again. Returns a token, once.
 * @param username checked and NFKC-normalized
 */
export const bootstrapAdmin = async (username: string) => {
  const name = foldName(username);
  const { Item } = await table.send(
    new GetCommand({ TableName: config.tableName, Key: userKey(name), ConsistentRead: true }),
  );
  const existing = Item as UserItem | undefined;
  const now = new Date().toISOString();
  const token = mintToken(existing?.username ?? username);
  const userId = existing?.user_id ?? randomUUID();
  const passwordHash = await hashPassword(randomBytes(32).toString('base64url'));
  const live_tokens = new Set([token.tokenId]);
  const tokenItem: TokenItem = {
    ...tokenKey(name, token.tokenId),
    user_id: userId,
    kind: 'api_key',
    name: 'bootstrap',
    secret_hash: token.secretHash,
    created_at: now,
  };
  const meanwhile = conflict('This user was changed meanwhile: invoke again.');
  const TableName = config.tableName;
  const put = (Item: object) => ({
    action: { Put: { TableName, Item: { ...Item } } },
    otherwise: meanwhile,
  });
  const user = newUserItem({ name, userId, username, passwordHash, now });
  await transact([
    {
      action: existing
        ? {
            Update: {
              TableName,
              Key: userKey(name),
              ConditionExpression: 'user_id = :user',
              UpdateExpression:
                'SET password_hash = :hash, password_changed_at = :now, live_tokens = :tokens ADD grants_version :one',
              ExpressionAttributeValues: {
                ':user': userId,
                ':hash': passwordHash,
                ':now': now,
                ':tokens': live_tokens,
                ':one': 1,
              },
            },
          }
        : {
            Put: {
              TableName,
              Item: { ...user, live_tokens },
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          },
      otherwise: meanwhile,
    },
    ...newGrantItems({ name, userId }, [globalAdmin], { by: 'bootstrap', at: now }).map(put),
    put(tokenItem),
  ]);
  return { username: existing?.username ?? username, token: token.encoded };
};
