import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import { foldName } from '../../lib/names.ts';
import { type Key, userKey } from '../../lib/table/keys.ts';
import { startProxyTo } from './table-proxy.ts';

const { local } = inject('target');
const table = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    endpoint: local?.endpoint ?? '',
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  }),
);
const TableName = local?.table ?? '';

/** An item as it lies in the table. */
export const readKey = async ({ pk, sk }: Key) =>
  (await table.send(new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead: true }))).Item;

/** An item of a user, without a sort key its own. */
export const readItem = (name: string, sk?: string) =>
  readKey({ ...userKey(foldName(name)), ...(sk && { sk }) });

/** Puts an item into the table past every rule. */
export const putItem = (Item: object) =>
  table.send(new PutCommand({ TableName, Item: { ...Item } }));

type Before = Parameters<typeof startProxyTo>[1];

/** A proxy before the table that all tests share. */
export const startTableProxy = (before?: Before) => startProxyTo(local?.endpoint ?? '', before);
