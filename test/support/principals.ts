import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import type { Permission } from '../../lib/access.ts';
import { foldName } from '../../lib/names.ts';
import { grantKey, tokenKey, userKey } from '../../lib/table/keys.ts';
import { mintToken } from '../../lib/tokens.ts';
import { createUser, freshName, permissions } from './api.ts';

const { local } = inject('target');
const table = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    endpoint: local?.endpoint ?? '',
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  }),
);
const TableName = local?.table ?? '';

/** The user's item as it lies in the table. */
export const readItem = async (name: string) =>
  (
    await table.send(
      new GetCommand({ TableName, Key: userKey(foldName(name)), ConsistentRead: true }),
    )
  ).Item;

/** Puts an item into the table past every rule. */
export const putItem = (Item: object) =>
  table.send(new PutCommand({ TableName, Item: { ...Item } }));

/** A token for an existing user, written into the table as minting one would. */
export const tokenFor = async (
  username: string,
  options: { scope?: Permission[]; expires_at?: string; secret_hash?: Uint8Array } = {},
): Promise<string> => {
  const name = foldName(username);
  const token = mintToken(username);
  const user = await readItem(username);
  await putItem({
    ...tokenKey(name, token.tokenId),
    user_id: user?.user_id,
    kind: 'api_key',
    name: 'test',
    secret_hash: token.secretHash,
    created_at: new Date().toISOString(),
    ...options,
  });
  await table.send(
    new UpdateCommand({
      TableName,
      Key: userKey(name),
      UpdateExpression: 'ADD live_tokens :token',
      ExpressionAttributeValues: { ':token': new Set([token.tokenId]) },
    }),
  );
  return token.encoded;
};

/** Ends a token the way revoking it would. */
export const revoke = (username: string, token: string) =>
  table.send(
    new UpdateCommand({
      TableName,
      Key: userKey(foldName(username)),
      UpdateExpression: 'DELETE live_tokens :token',
      ExpressionAttributeValues: { ':token': new Set([token.split('.')[1] ?? '']) },
    }),
  );

/** Changes what a user may do to `*`, as granting and revoking would. */
export const bumpGrants = async (username: string, types: string[]) => {
  const name = foldName(username);
  const user = await readItem(username);
  const Key = grantKey(name, '*');
  const gone = { Delete: { TableName, Key } };
  const item = { ...Key, user_id: user?.user_id, types: new Set(types) };
  await table.send(
    new TransactWriteCommand({
      TransactItems: [
        types.length > 0 ? { Put: { TableName, Item: item } } : gone,
        {
          Update: {
            TableName,
            Key: userKey(name),
            UpdateExpression: 'ADD grants_version :one',
            ExpressionAttributeValues: { ':one': 1 },
          },
        },
      ],
    }),
  );
};

/** A permission written short. */
export type Grant = [resource_type: string, resource: string, type: string];
export const everything: Grant = ['*', '*', 'admin'];
export const userAdmin: Grant = ['user', '*', 'admin'];

/** A new user with grants, and a token for it, perhaps a scoped one. */
export const newCaller = async (grants: Grant[], scope?: Grant[]) => {
  const name = await createUser(freshName('caller'), ...grants);
  const token = await tokenFor(name, scope ? { scope: permissions(...scope) as Permission[] } : {});
  return { name, token };
};
