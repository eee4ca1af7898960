import { byCaller, type Change, eventStep, recordRefusal } from './audit.ts';
import { BailiwickError } from './errors.ts';
import type { Caller } from './standing.ts';
import type { UserItem } from './table/items.ts';
import { nameOf } from './table/keys.ts';
import { decideAndWrite, type Step } from './table/transact.ts';

/**
 * One privileged change: decides and writes, again when what was decided on changed meanwhile. `record`
 * makes the event for the history of a user, which `attempt` writes in the transaction of the change, so
 * that there is no change without its event nor an event without its change. A refusal is recorded too.
 *
 * @param operation as it stands in the history and in the log, `users.create`
 * @param username whose account it is about, as the caller wrote it
 */
export const change = async <T>(
  caller: Caller,
  operation: string,
  username: string,
  attempt: (record: (user: UserItem, change: Change) => Step) => Promise<T>,
): Promise<T> => {
  try {
    return await decideAndWrite(() =>
      attempt((user, change) =>
        eventStep(
          { name: nameOf(user), userId: user.user_id },
          {
            ...byCaller(caller),
            operation,
            outcome: 'done',
            username: user.username,
            ...change,
          },
        ),
      ),
    );
  } catch (error) {
    if (error instanceof BailiwickError && error.code === 'forbidden') {
      await recordRefusal(caller, operation, username, error.message);
    }
    throw error;
  }
};
