import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
} from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import type { Permission } from '../../lib/access.ts';
import { foldName } from '../../lib/fold-name.ts';
import { newGrantItems } from '../../lib/table/items.ts';
import { type Key, userKey } from '../../lib/table/keys.ts';
import { startProxyTo } from './table-proxy.ts';

const { local } = inject('target');
/** The table that all tests share, past every function and rule. */
export const table = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    endpoint: local?.endpoint ?? '',
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  }),
);
export const TableName = local?.table ?? '';

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

/** A proxy before it that lets something happen once, just before the next request of one operation. */
export const startInterruptedProxy = async () => {
  let next: { before: string; task: () => Promise<unknown> } | undefined;
  const proxy = await startTableProxy(async ({ operation }) => {
    if (operation !== next?.before) return undefined;
    const { task } = next;
    next = undefined;
    await task();
    return undefined;
  });
  return {
    ...proxy,
    /** By default between a decision and the write that rests on it. */
    meanwhile: (task: () => Promise<unknown>, before = 'TransactWriteItems') => {
      next = { before, task };
    },
  };
};

/** Grants a user so many permissions as it would take the API minutes to. */
export const putGrants = async (
  name: string,
  permissions: readonly Permission[],
): Promise<void> => {
  const userId = (await readItem(name))?.user_id;
  const granted = { by: 'test', at: new Date().toISOString() };
  const puts = newGrantItems({ name, userId }, permissions, granted).map((item) => ({
    PutRequest: { Item: { ...item } },
  }));
  for (let n = 0; n < puts.length; n += 100) {
    const batches = [0, 25, 50, 75].map((from) => puts.slice(n + from, n + from + 25));
    await Promise.all(
      batches
        .filter((batch) => batch.length > 0)
        .map((batch) =>
          table.send(new BatchWriteCommand({ RequestItems: { [TableName]: batch } })),
        ),
    );
  }
};
