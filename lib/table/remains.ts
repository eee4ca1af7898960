import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { config } from '../config.ts';
import { describeError, log } from '../log.ts';
import { table } from './client.ts';
import type { UserItem } from './items.ts';
import type { Key } from './keys.ts';

const atOnce = 25;
const timeAllowedMs = 4000;

/** Deletes one item unless it belongs to a new user of the same name by now. */
const deleteOf = async (userId: string, key: Key): Promise<void> => {
  try {
    await table.send(
      new DeleteCommand({
        TableName: config.tableName,
        Key: key,
        ConditionExpression: 'user_id = :user',
        ExpressionAttributeValues: { ':user': userId },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
};

/**
 * Removes what a deleted user left below its `#USER` item. All of it is dead already, so this is
 * only tidying: it stops after a few seconds, and a failure is logged and hidden from the caller.
 */
export const removeRemains = async ({ pk, user_id: userId }: UserItem): Promise<void> => {
  const end = Date.now() + timeAllowedMs;
  try {
    let from: Record<string, unknown> | undefined;
    do {
      const page = await table.send(
        new QueryCommand({
          TableName: config.tableName,
          KeyConditionExpression: 'pk = :pk',
          FilterExpression: 'user_id = :user',
          ExpressionAttributeValues: { ':pk': pk, ':user': userId },
          ProjectionExpression: 'pk, sk',
          ConsistentRead: true,
          ...(from && { ExclusiveStartKey: from }),
        }),
      );
      const keys = (page.Items ?? []) as Key[];
      for (let i = 0; i < keys.length && Date.now() < end; i += atOnce) {
        await Promise.all(keys.slice(i, i + atOnce).map((key) => deleteOf(userId, key)));
      }
      from = page.LastEvaluatedKey;
    } while (from && Date.now() < end);
  } catch (error) {
    log.warn('What a deleted user left could not all be removed', { error: describeError(error) });
  }
};
