import { env } from 'node:process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { history } from './commands.ts';
import { play } from './play.ts';

/*
 * A failure tells its seed and its path. The same histories again, and the one that failed alone:
 *
 *   MODEL_SEED=42 npx vitest run test/model
 *   MODEL_SEED=42 MODEL_PATH=7:0:3 npx vitest run test/model
 *
 * What came at the same time may come in another order then. For more than in every test: MODEL_RUNS=1000.
 */
const { MODEL_SEED, MODEL_PATH, MODEL_RUNS = '30' } = env;
const numRuns = Number(MODEL_RUNS);
const secondsAllowed = Math.max(90, numRuns * 2.5);

it('all that anybody does is answered by the rules, in some order where it is done at once', {
  timeout: (secondsAllowed + 20) * 1000,
}, async () => {
  const done = new Set<string>();
  const property = fc.asyncProperty(history, async (steps) => {
    for (const { call, answer } of await play(steps)) {
      if (answer.status < 300)
        done.add('scope' in call && call.scope ? 'mint scoped key' : call.do);
    }
  });
  await fc.assert(property, {
    numRuns,
    ...(MODEL_SEED && { seed: Number(MODEL_SEED) }),
    ...(MODEL_PATH && { path: MODEL_PATH }),
    // Histories of all lengths from the first on.
    unbiased: true,
    // Ends the search for a shorter failure too, with the shortest so far.
    interruptAfterTimeLimit: secondsAllowed * 1000,
  });
  // Nothing is shown by histories in which nothing succeeds.
  if (!MODEL_PATH) expect(done.size).toBe(16);
});
