import { setTimeout as sleep } from 'node:timers/promises';

/** Waits before try `attempt` (1, 2, …): a random time up to 25 ms doubled each try, at most 400 ms. */
export const pause = (attempt: number): Promise<void> =>
  sleep(Math.random() * Math.min(400, 25 * 2 ** (attempt - 1)));
