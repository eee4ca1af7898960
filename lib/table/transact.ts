import { randomUUID } from 'node:crypto';
import { pause } from '../dynamodb/backoff.ts';
import { DynamoDbError } from '../dynamodb/errors.ts';
import type { TransactAction } from '../dynamodb/operations.ts';
import { type BailiwickError, unavailable } from '../errors.ts';
import { askTable } from './client.ts';

/** What a decision was based on has changed since: decide again. Never reaches a caller. */
class StaleDecision extends Error {
  override readonly name = 'StaleDecision';
}

/** One action of a transaction. When its condition does not hold, all is decided again, unless it says so. */
export interface Step {
  action: TransactAction;
  otherwise?: BailiwickError;
}

const contended = /^(TransactionConflict|ThrottlingError|ProvisionedThroughputExceeded)$/;

const reasonsOf = (error: unknown): readonly string[] =>
  error instanceof DynamoDbError ? error.reasons : [];

const isContended = (error: unknown): boolean => {
  const codes = reasonsOf(error);
  return !codes.includes('ConditionalCheckFailed') && codes.some((code) => contended.test(code));
};

/** Tries of one transaction, and of one decision; and how long after the first there may be another. */
const mostTries = 10;
const triesMs = 1500;
const decisionsMs = 3000;

/**
 * Tries again, after a pause, what fails for a reason that passes; throws `unavailable` when it has not
 * passed after ten tries or in time: all of a request must be over before the gateway gives it up.
 */
const whilePassing = async <T>(
  passes: (error: unknown) => boolean,
  withinMs: number,
  task: () => Promise<T>,
): Promise<T> => {
  const end = Date.now() + withinMs;
  for (let attempt = 1; ; attempt++) {
    try {
      return await task();
    } catch (error) {
      if (!passes(error)) throw error;
      if (attempt === mostTries || Date.now() > end) throw unavailable(error);
      await pause(attempt);
    }
  }
};

/**
 * Runs a transaction again while other transactions or throttles stand in its way, which the
 * client does not; nothing else is tried again.
 */
export const whileContended = <T>(transaction: () => Promise<T>): Promise<T> =>
  whilePassing(isContended, triesMs, transaction);

/**
 * Writes all steps or none. When a condition does not hold, throws what its step says. Tries share a
 * ClientRequestToken, so that a write whose answer was lost is not refused by its own effect.
 */
export const transact = async (steps: readonly Step[]): Promise<void> => {
  const input = {
    TransactItems: steps.map(({ action }) => action),
    ClientRequestToken: randomUUID(),
  };
  try {
    await whileContended(() => askTable('TransactWriteItems', input));
  } catch (error) {
    const failed = steps[reasonsOf(error).indexOf('ConditionalCheckFailed')];
    if (!failed) throw error;
    throw failed.otherwise ?? new StaleDecision();
  }
};

/** Decides and writes; does both again when what was decided on changed before the write. */
export const decideAndWrite = <T>(attempt: () => Promise<T>): Promise<T> =>
  whilePassing((error) => error instanceof StaleDecision, decisionsMs, attempt);
