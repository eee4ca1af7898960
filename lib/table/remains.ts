import { isConditionFailed } from '../dynamodb/errors.ts';
import { describeError, log } from '../log.ts';
import { deleteOf, ofUser } from './actions.ts';
import { askTable } from './client.ts';
import { type Key, nameOf, userKey } from './keys.ts';
import { queryAll } from './read.ts';

const atOnce = 50;
const timeAllowedMs = 4000;

/** Deletes one item unless it belongs to another user of the same name by now. */
const deleteRemain = async (item: Item): Promise<void> => {
  try {
    await askTable('DeleteItem', deleteOf(item, ofUser(item.user_id)).Delete);
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
  }
};

interface Item extends Key {
  user_id: string;
}

/**
 * Removes what deleted users of a name left, below their `#USER` item. All of it is dead already, so this
 * is only tidying: it stops after a few seconds, and a failure is logged and hidden from the caller. What
 * it does not reach is for the next deletion of the name.
 */
export const removeRemains = async ({ pk }: Pick<Key, 'pk'>): Promise<void> => {
  const end = Date.now() + timeAllowedMs;
  const items = queryAll<Item>({
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
    ProjectionExpression: 'pk, sk, user_id',
    ConsistentRead: true,
  });
  const removeAll = async (remains: Item[]) => {
    // All of them ended, so that none goes on when the function has answered and is frozen.
    const outcomes = await Promise.allSettled(remains.map(deleteRemain));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  };
  try {
    // Of a user who has the name now, whose own item comes first.
    let living: string | undefined;
    let remains: Item[] = [];
    for await (const item of items) {
      if (item.sk === userKey(nameOf(item)).sk) living = item.user_id;
      if (item.user_id === living) continue;
      remains.push(item);
      if (remains.length < atOnce) continue;
      await removeAll(remains);
      remains = [];
      if (Date.now() > end) return;
    }
    await removeAll(remains);
  } catch (error) {
    log.warn('What a deleted user left could not all be removed', { error: describeError(error) });
  }
};
