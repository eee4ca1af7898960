import type { Permission } from '../access.ts';
import { config } from '../config.ts';
import { pause } from '../dynamodb/backoff.ts';
import type { Query } from '../dynamodb/operations.ts';
import { type Attributes, marshall, unmarshall } from '../dynamodb/values.ts';
import { unavailable } from '../errors.ts';
import { keyOf } from './actions.ts';
import { askTable } from './client.ts';
import { type GrantItem, permissionsOf, type UserItem } from './items.ts';
import { afterGrants, grantPrefix, type Key, tokenPrefix, userKey } from './keys.ts';
import { whileContended } from './transact.ts';

type Item = Record<string, unknown>;

const toItems = (found: readonly Attributes[] = []): Item[] => found.map(unmarshall);

/** What a read of several items found: look it up by the key. */
export interface Found {
  get<T extends Key>(key: Key): T | undefined;
}

/** A NUL, which no key holds, keeps both apart. */
const identity = ({ pk, sk }: Key) => `${pk}\0${sk}`;

const found = (items: readonly (Item | undefined)[]): Found => {
  const byKey = new Map(items.map((item) => [item && identity(item as unknown as Key), item]));
  return { get: <T extends Key>(key: Key) => byKey.get(identity(key)) as T | undefined };
};

const distinct = (keys: readonly Key[]): Key[] => [
  ...new Map(keys.map((key) => [identity(key), key])).values(),
];

/** Most items of one BatchGetItem. */
const mostAtOnce = 100;

/** Reads items, a hundred in one request, each strongly consistent by itself. */
export const readEach = async (keys: readonly Key[]): Promise<Found> => {
  const all = distinct(keys);
  const batches: Promise<Item[]>[] = [];
  for (let n = 0; n < all.length; n += mostAtOnce) {
    batches.push(readBatch(all.slice(n, n + mostAtOnce)));
  }
  return found((await Promise.all(batches)).flat());
};

const readBatch = async (keys: readonly Key[]): Promise<Item[]> => {
  const items: Item[] = [];
  let asked: Attributes[] = keys.map(keyOf);
  for (let attempt = 0; asked.length > 0; attempt++) {
    // A part of an answer is no answer: a missing grant or user would be a wrong decision.
    if (attempt === 4) throw unavailable();
    if (attempt > 0) await pause(attempt);
    const answer = await askTable('BatchGetItem', {
      RequestItems: { [config.tableName]: { Keys: asked, ConsistentRead: true } },
    });
    items.push(...toItems(answer.Responses?.[config.tableName]));
    asked = answer.UnprocessedKeys?.[config.tableName]?.Keys ?? [];
  }
  return items;
};

/** Reads up to 100 items as they stood together at one moment, for a decision that a write follows. */
export const readTogether = async (keys: readonly Key[]): Promise<Found> => {
  const TransactItems = distinct(keys).map((key) => ({
    Get: { TableName: config.tableName, Key: keyOf(key) },
  }));
  const answer = await whileContended(() => askTable('TransactGetItems', { TransactItems }));
  return found((answer.Responses ?? []).map(({ Item }) => Item && unmarshall(Item)));
};

/** A query of the table, its values as they are. */
interface TableQuery
  extends Omit<Query, 'TableName' | 'ExclusiveStartKey' | 'ExpressionAttributeValues'> {
  ExpressionAttributeValues: Record<string, unknown>;
}

/** A query's later pages may be larger than its first, up to so many items. */
const mostOfPage = 1000;

/**
 * Every item that a query finds, read a page at a time as they are taken. Where it begins with few, since few
 * may be enough, it goes on with more.
 */
export async function* queryAll<T = Item>({
  ExpressionAttributeValues: values,
  ...query
}: TableQuery): AsyncGenerator<T> {
  let from: Attributes | undefined;
  let Limit = query.Limit;
  do {
    const page = await askTable('Query', {
      TableName: config.tableName,
      ...query,
      ExpressionAttributeValues: marshall(values),
      ...(Limit && { Limit }),
      ...(from && { ExclusiveStartKey: from }),
    });
    yield* toItems(page.Items) as T[];
    from = page.LastEvaluatedKey;
    Limit &&= Math.max(Limit, Math.min(Limit * 4, mostOfPage));
  } while (from);
}

/** A user with all its grants; grants left by an earlier user of the name do not count. */
export interface Account {
  user: UserItem;
  grants: Permission[];
}

/**
 * A user's grants in the order of their resources, strongly consistent.
 * @param after only those on resources after this one
 * @param atOnce so many in one request; without it 1 MB of them
 */
export async function* grantItems(
  { pk, user_id }: Pick<UserItem, 'pk' | 'user_id'>,
  after = '',
  atOnce?: number,
): AsyncGenerator<GrantItem> {
  const items = queryAll<GrantItem>({
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
    // The smallest text that sorts after `after` is `after` and a NUL, which no resource holds.
    ExpressionAttributeValues: {
      ':pk': pk,
      ':first': after ? `${grantPrefix}${after}\0` : grantPrefix,
      ':last': afterGrants,
    },
    ConsistentRead: true,
    ...(atOnce && { Limit: atOnce }),
  });
  for await (const item of items) if (item.user_id === user_id) yield item;
}

/**
 * Reads an account, strongly consistent: one request up to 1 MB of grants.
 * @param fits asked of each permission; at the first that does not, the rest is left unread
 */
export const readAccount = async (
  name: string,
  fits: (permission: Permission) => boolean = () => true,
): Promise<(Account & { more: boolean }) | undefined> => {
  const items = queryAll({
    KeyConditionExpression: 'pk = :pk AND sk < :tokens',
    ExpressionAttributeValues: { ':pk': userKey(name).pk, ':tokens': tokenPrefix },
    ConsistentRead: true,
  });
  let user: UserItem | undefined;
  const grants: Permission[] = [];
  for await (const item of items) {
    if (item.sk === userKey(name).sk) user = item as unknown as UserItem;
    if (!user) return undefined;
    if (item === (user as unknown) || item.user_id !== user.user_id) continue;
    const held = permissionsOf(item as unknown as GrantItem);
    if (!held.every(fits)) return { user, grants, more: true };
    grants.push(...held);
  }
  return user && { user, grants, more: false };
};
