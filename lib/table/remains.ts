import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { describeError, log } from '../log.ts';
import { deleteOf } from './actions.ts';
import { table } from './client.ts';
import type { UserItem } from './items.ts';
import type { Key } from './keys.ts';
import { queryAll } from './read.ts';

const atOnce = 25;
const timeAllowedMs = 4000;

/** Deletes one item unless it belongs to a new user of the same name by now. */
const deleteRemain = async (userId: string, key: Key): Promise<void> => {
  try {
    const ofUser = { text: 'user_id = :user', values: { ':user': userId } };
    await table.send(new DeleteCommand(deleteOf(key, ofUser).Delete));
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
  const remains = queryAll<Key>({
    KeyConditionExpression: 'pk = :pk',
    FilterExpression: 'user_id = :user',
    ExpressionAttributeValues: { ':pk': pk, ':user': userId },
    ProjectionExpression: 'pk, sk',
    ConsistentRead: true,
  });
  const removeAll = (keys: Key[]) => Promise.all(keys.map((key) => deleteRemain(userId, key)));
  try {
    let keys: Key[] = [];
    for await (const key of remains) {
      keys.push(key);
      if (keys.length < atOnce) continue;
      await removeAll(keys);
      keys = [];
      if (Date.now() > end) return;
    }
    await removeAll(keys);
  } catch (error) {
    log.warn('What a deleted user left could not all be removed', { error: describeError(error) });
  }
};
