import type { Permission } from '../access.ts';
import { permissionsIn } from './items.ts';
import { resourceIndexKey, shardKey, userShards } from './keys.ts';
import { queryAll } from './read.ts';

/** Sorts after every name that begins with the same text. */
const last = '\u{10FFFF}';

/** So many of a page that one shard's share of it is nearly always within. */
const shareOf = (limit: number): number => Math.ceil(limit / userShards + 2 * Math.sqrt(limit)) + 1;

/**
 * Of a list of everyone. Without it a page would be some 3,500, of 1 MB, before each of which DynamoDB Local reads
 * all that is left of the shard: of 100,000 users it would not be done in time.
 */
const mostAtOnce = 2000;

/**
 * The users of one shard in the order of their folded names, read from the index a page at a time.
 * The index lags a little behind: good for showing, never for deciding.
 */
export async function* shardUsers(
  shard: number,
  bounds: { after: string; prefix: string },
  limit?: number,
): AsyncGenerator<{ name: string; username: string }> {
  // The smallest text that sorts after `after` is `after` and a NUL.
  const low = bounds.after >= bounds.prefix && bounds.after ? `${bounds.after}\0` : bounds.prefix;
  const high = bounds.prefix + last;
  if (Buffer.compare(Buffer.from(low), Buffer.from(high)) > 0) return;
  const users = queryAll<{ gsi1sk: string; username: string }>({
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :shard AND gsi1sk BETWEEN :low AND :high',
    // An empty key value is refused; a space sorts before every name.
    ExpressionAttributeValues: { ':shard': shardKey(shard), ':low': low || ' ', ':high': high },
    ProjectionExpression: 'gsi1sk, username',
    Limit: limit ? shareOf(limit) : mostAtOnce,
  });
  for await (const { gsi1sk, username } of users) yield { name: gsi1sk, username };
}

/**
 * Who holds a grant on exactly this resource, `*` too, in the order of their folded names, as the index has
 * it: grants that are gone may still be there, and new ones not yet.
 * @param after only names after this one
 * @param atOnce so many in one request
 */
export async function* grantHolders(
  resource: string,
  after: string,
  atOnce: number,
): AsyncGenerator<{ name: string; permissions: Permission[] }> {
  const grants = queryAll<{ gsi1sk: string; types: Set<string> }>({
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :resource AND gsi1sk > :after',
    // An empty key value is refused; a space sorts before every name.
    ExpressionAttributeValues: { ':resource': resourceIndexKey(resource), ':after': after || ' ' },
    Limit: atOnce,
  });
  for await (const { gsi1sk, types } of grants) {
    yield { name: gsi1sk, permissions: permissionsIn(resource, types) };
  }
}
