import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { config } from '../config.ts';
import { table } from './client.ts';
import { shardKey, userShards } from './keys.ts';

/** Sorts after every name that begins with the same text. */
const last = '\u{10FFFF}';

/** So many of a page that one shard's share of it is nearly always within. */
const shareOf = (limit: number): number => Math.ceil(limit / userShards + 2 * Math.sqrt(limit)) + 1;

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
  let from: Record<string, unknown> | undefined;
  do {
    const page = await table.send(
      new QueryCommand({
        TableName: config.tableName,
        IndexName: 'gsi1',
        KeyConditionExpression: 'gsi1pk = :shard AND gsi1sk BETWEEN :low AND :high',
        // An empty key value is refused; a space sorts before every name.
        ExpressionAttributeValues: { ':shard': shardKey(shard), ':low': low || ' ', ':high': high },
        ...(limit && { Limit: shareOf(limit) }),
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    for (const item of page.Items ?? []) yield { name: item.gsi1sk, username: item.username };
    from = page.LastEvaluatedKey;
  } while (from);
}
