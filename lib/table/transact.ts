import { randomUUID } from 'node:crypto';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { type BailiwickError, unavailable } from '../errors.ts';
import { pause } from './backoff.ts';
import { table } from './client.ts';

export type Action = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** What a decision was based on has changed since: decide again. Never reaches a caller. */
class StaleDecision extends Error {
  override readonly name = 'StaleDecision';
}

/** One action of a transaction. When its condition does not hold, all is decided again, unless it says so. */
export interface Step {
  action: Action;
  otherwise?: BailiwickError;
}

const contended = /^(TransactionConflict|ThrottlingError|ProvisionedThroughputExceeded)$/;

const reasons = (error: unknown): string[] =>
  error instanceof TransactionCanceledException
    ? (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None')
    : [];

const isContended = (error: unknown): boolean => {
  const codes = reasons(error);
  return !codes.includes('ConditionalCheckFailed') && codes.some((code) => contended.test(code));
};

/**
 * Runs a transaction again while other transactions or throttles stand in its way, which the SDK does
 * not; nothing else is tried again. Throws `unavailable` when that has not passed after ten tries.
 */
export const whileContended = async <T>(transaction: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (!isContended(error)) throw error;
      if (attempt === 10) throw unavailable(error);
      await pause(attempt);
    }
  }
};

/**
 * Writes all steps or none. When a condition does not hold, throws what its step says. Tries share a
 * ClientRequestToken, so that a write whose answer was lost is not refused by its own effect.
 */
export const transact = async (steps: readonly Step[]): Promise<void> => {
  const command = new TransactWriteCommand({
    TransactItems: steps.map(({ action }) => action),
    ClientRequestToken: randomUUID(),
  });
  try {
    await whileContended(() => table.send(command));
  } catch (error) {
    const failed = steps[reasons(error).indexOf('ConditionalCheckFailed')];
    if (!failed) throw error;
    throw failed.otherwise ?? new StaleDecision();
  }
};

/** Decides and writes; does both again when what was decided on changed before the write. */
export const decideAndWrite = async <T>(attempt: () => Promise<T>): Promise<T> => {
  for (let tries = 1; tries <= 10; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof StaleDecision)) throw error;
      await pause(tries);
    }
  }
  throw unavailable();
};
