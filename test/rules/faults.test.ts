import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { routes } from '../../infra/routes.ts';
import type { Reply } from '../support/api.ts';
import { freshId, operations } from '../support/operations.ts';
import { startProxiedStack } from '../support/stack.ts';
import { failing, type Instead } from '../support/table-proxy.ts';

/** What may go wrong with one request to the table. */
const faults: Record<string, () => Instead | Promise<Instead>> = {
  throttle: () => failing('ThrottlingException'),
  error: () => failing('InternalServerError', 500),
  'cut before': () => 'cut before',
  'cut after': () => 'cut after',
  // Longer than the client waits.
  delay: () => sleep(2000).then(() => 'cut after'),
};

/** The one that a second try must not take for its own: what was written is there already. */
const lost = 'cut after';

/** One run of an operation: what is to go wrong with which of its requests to the table. */
interface Run {
  id: string;
  seen: number;
  fault?: { kind: string; from: number; always: boolean };
}
const runs = new Map<string, Run>();

/** The run that a request belongs to: by the id in its names, or the one that reads others' names too. */
const runOf = (text: string): Run | undefined => {
  if (alone) return alone;
  for (const run of runs.values()) if (text.includes(run.id)) return run;
  return undefined;
};
let alone: Run | undefined;
/** A search of subjects finds the users of other runs. */
const readsOthers = (name: string) => name.includes('search/subject');

const limit = (most: number) => {
  let free = most;
  const waiting: (() => void)[] = [];
  return async <T>(task: () => Promise<T>): Promise<T> => {
    while (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    free--;
    try {
      return await task();
    } finally {
      free++;
      waiting.shift()?.();
    }
  };
};

it('has every route among the operations', () => {
  for (const { method, path } of routes) {
    const route = `${method} ${path.replace('/api/v1', '')}`;
    expect(Object.keys(operations)).toContain(route);
  }
});

it('survives any fault of any request to the table: whole or absent, right or 503, and well after', async () => {
  const { call: callHere } = await startProxiedStack(async ({ body }) => {
    const run = runOf(JSON.stringify(body));
    if (!run) return undefined;
    const index = run.seen++;
    const { fault } = run;
    if (!fault || index < fault.from || (index > fault.from && !fault.always)) return undefined;
    return faults[fault.kind]?.();
  });
  let count = 0;

  const attempt = async (name: string, fault?: Run['fault']): Promise<number> => {
    const run: Run = { id: freshId(), seen: 0, ...(fault && { fault }) };
    const what = `${name} ${JSON.stringify(fault)}`;
    const { route, token, body, status, again, isDone, answer } = await (
      operations[name] as (typeof operations)[string]
    )(run.id);
    const ask = () => callHere(route, { token, ...(body !== undefined && { body }) });
    const isRight = (reply: Reply) => {
      expect(reply.status, `${what}: ${JSON.stringify(reply.body)}`).toBe(status);
      if (answer !== undefined) expect(reply.body, what).toMatchObject(answer as object);
    };
    runs.set(run.id, run);
    if (readsOthers(name)) alone = run;
    const started = performance.now();
    const reply = await ask();
    const seconds = (performance.now() - started) / 1000;
    runs.delete(run.id);
    alone = undefined;
    count++;
    if (reply.status === 503 && fault) {
      expect(Object.keys(reply.body), what).toEqual(['error']);
      expect(Number(reply.headers.get('retry-after')), what).toBeGreaterThan(0);
      expect(seconds, what).toBeLessThan(10);
    } else isRight(reply);

    const done = await isDone?.();
    if (reply.status === status && isDone) expect(done, what).toBe(true);
    const next = await ask();
    if (done && again) expect(next.status, `${what}, again`).toBe(again);
    else isRight(next);
    if (isDone && status !== 401) expect(await isDone(), `${what}, again`).toBe(true);
    return run.seen;
  };

  const starting = limit(1);
  // As many as a function has sandboxes here: waiting for one would count as its own slowness.
  const together = limit(10);
  const every = async (name: string) => {
    // One after the other, since each function starts its sandbox by this.
    const requests = await starting(() => attempt(name));
    const all = Object.keys(faults).flatMap((kind) =>
      Array.from({ length: requests }, (_, from) =>
        [true, ...(kind === lost ? [false] : [])].map((always) => ({
          kind,
          from,
          always,
        })),
      ).flat(),
    );
    // Two, so that not every function has ten sandboxes in memory.
    const own = limit(readsOthers(name) ? 1 : 2);
    const outcomes = await Promise.allSettled(
      all.map((fault) => own(() => together(() => attempt(name, fault)))),
    );
    return outcomes
      .filter(({ status }) => status === 'rejected')
      .map((outcome) => (outcome as PromiseRejectedResult).reason);
  };
  const names = Object.keys(operations);
  const errors = (await Promise.all(names.filter((name) => !readsOthers(name)).map(every))).flat();
  for (const name of names.filter(readsOthers)) errors.push(...(await every(name)));
  if (errors.length > 0)
    throw new AggregateError(errors, errors.map(({ message }) => message).join('\n'));
  expect(count).toBeGreaterThan(300);
}, 900_000);
