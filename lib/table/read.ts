import { BatchGetCommand, QueryCommand, TransactGetCommand } from '@aws-sdk/lib-dynamodb';
import type { Permission } from '../access.ts';
import { config } from '../config.ts';
import { unavailable } from '../errors.ts';
import { pause } from './backoff.ts';
import { table } from './client.ts';
import { type GrantItem, permissionsOf, type UserItem } from './items.ts';
import { type Key, tokenPrefix, userKey } from './keys.ts';
import { whileContended } from './transact.ts';

type Item = Record<string, unknown>;

/** What a read of several items found: look it up by the key. */
export interface Found {
  get<T extends Key>(key: Key): T | undefined;
}

const identity = ({ pk, sk }: Key) => JSON.stringify([pk, sk]);

const found = (items: readonly (Item | undefined)[]): Found => {
  const byKey = new Map(items.map((item) => [item && identity(item as unknown as Key), item]));
  return { get: <T extends Key>(key: Key) => byKey.get(identity(key)) as T | undefined };
};

const distinct = (keys: readonly Key[]): Key[] => [
  ...new Map(keys.map((key) => [identity(key), key])).values(),
];

/** Reads up to 100 items in one request, each strongly consistent by itself. */
export const readEach = async (keys: readonly Key[]): Promise<Found> => {
  const items: Item[] = [];
  let asked: Item[] = distinct(keys).map((key) => ({ ...key }));
  for (let attempt = 0; asked.length > 0; attempt++) {
    // A part of an answer is no answer: a missing grant or user would be a wrong decision.
    if (attempt === 4) throw unavailable();
    if (attempt > 0) await pause(attempt);
    const answer = await table.send(
      new BatchGetCommand({
        RequestItems: { [config.tableName]: { Keys: asked, ConsistentRead: true } },
      }),
    );
    items.push(...(answer.Responses?.[config.tableName] ?? []));
    asked = answer.UnprocessedKeys?.[config.tableName]?.Keys ?? [];
  }
  return found(items);
};

/** Reads up to 100 items as they stood together at one moment, for a decision that a write follows. */
export const readTogether = async (keys: readonly Key[]): Promise<Found> => {
  const command = new TransactGetCommand({
    TransactItems: distinct(keys).map((Key) => ({ Get: { TableName: config.tableName, Key } })),
  });
  const answer = await whileContended(() => table.send(command));
  return found((answer.Responses ?? []).map(({ Item }) => Item));
};

/** A user with all its grants; grants left by an earlier user of the name do not count. */
export interface Account {
  user: UserItem;
  grants: Permission[];
}

/** Reads a whole account, strongly consistent: one request up to 1 MB of grants. */
export const readAccount = async (name: string): Promise<Account | undefined> => {
  const items: Item[] = [];
  let from: Item | undefined;
  do {
    const page = await table.send(
      new QueryCommand({
        TableName: config.tableName,
        KeyConditionExpression: 'pk = :pk AND sk < :tokens',
        ExpressionAttributeValues: { ':pk': userKey(name).pk, ':tokens': tokenPrefix },
        ConsistentRead: true,
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  const [first, ...rest] = items;
  if (first?.sk !== userKey(name).sk) return undefined;
  const user = first as unknown as UserItem;
  const grants = (rest as unknown as GrantItem[])
    .filter((grant) => grant.user_id === user.user_id)
    .flatMap(permissionsOf);
  return { user, grants };
};
