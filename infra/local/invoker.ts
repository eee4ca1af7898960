import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { stderr } from 'node:process';
import { Worker } from 'node:worker_threads';
import type { LambdaFunction } from './functions.ts';
import type { WorkerAnswer, WorkerEvent } from './worker.ts';

/** The function itself failed: it threw, crashed or ran out of time. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
}

/** How functions are run. */
export interface Running {
  /** Whether their log is to be read by a person. */
  logForPeople?: boolean | undefined;
  /**
   * Most sandboxes of one function; further events wait for one, where Lambda would start more. More than there
   * are processors would only take each other's time, unless they wait for something.
   */
  sandboxes?: number | undefined;
}

const usualSandboxes = Math.min(4, Math.max(2, availableParallelism()));

/** What a function runs in, beside its own bundle. */
interface Sandbox extends Running {
  env: Record<string, string>;
}

interface Job {
  event: string;
  resolve: (result: unknown) => void;
  reject: (error: FunctionError) => void;
}

const startWorker = (fn: LambdaFunction, { env, logForPeople = false }: Sandbox): Worker => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    env,
    workerData: {
      bundle: fn.bundle,
      functionName: fn.id,
      functionArn: fn.arn,
      memoryMb: fn.memoryMb,
      statements: fn.statements,
      logForPeople,
    },
    stdout: true,
    stderr: true,
  });
  // Its standard output it redirects itself.
  worker.stderr.pipe(stderr, { end: false });
  stderr.setMaxListeners(0);
  return worker;
};

/** Runs the events of one function: one at a time in each worker, workers made as they are needed. */
const createPool = (fn: LambdaFunction, sandbox: Sandbox) => {
  const { sandboxes = usualSandboxes } = sandbox;
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const waiting: Job[] = [];

  const run = (worker: Worker, job: Job): void => {
    const timer = setTimeout(
      () => finish({ error: { name: 'TimeoutError', message: `${fn.id} timed out` } }, false),
      fn.timeoutMs,
    );
    const onMessage = (answer: WorkerAnswer) => finish(answer, true);
    const onEnd = (cause: unknown) =>
      finish({ error: { name: 'Crash', message: `${fn.id} crashed: ${cause}` } }, false);
    const finish = (answer: WorkerAnswer, reusable: boolean): void => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onEnd).off('exit', onEnd);
      if (reusable) idle.push(worker);
      else discard(worker);
      if ('result' in answer) job.resolve(JSON.parse(answer.result));
      else job.reject(new FunctionError(answer.error.message));
      next();
    };
    worker.on('message', onMessage).on('error', onEnd).on('exit', onEnd);
    const message: WorkerEvent = {
      requestId: randomUUID(),
      deadline: Date.now() + fn.timeoutMs,
      event: job.event,
    };
    worker.postMessage(message);
  };

  const discard = (worker: Worker): void => {
    all.delete(worker);
    worker.on('error', () => {});
    void worker.terminate();
  };

  const start = (): Worker => {
    const worker = startWorker(fn, sandbox);
    all.add(worker);
    worker.once('exit', () => {
      all.delete(worker);
      if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
    });
    return worker;
  };

  const next = (): void => {
    if (waiting.length === 0) return;
    const worker = idle.pop() ?? (all.size < sandboxes ? start() : undefined);
    if (!worker) return;
    const job = waiting.shift();
    if (job) run(worker, job);
  };

  return {
    invoke: (event: unknown): Promise<unknown> =>
      new Promise((resolve, reject) => {
        waiting.push({ event: JSON.stringify(event), resolve, reject });
        next();
      }),
    close: () => Promise.all([...all].map((worker) => worker.terminate())),
  };
};

/** Invokes functions by logical id. Rejects with FunctionError when the function failed. */
export interface Invoker {
  invoke(functionId: string, event: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** @param extra environment that Lambda would add, for each function */
export const createInvoker = (
  functions: Map<string, LambdaFunction>,
  extra: (fn: LambdaFunction) => Record<string, string>,
  running: Running = {},
): Invoker => {
  const pools = new Map(
    [...functions].map(([id, fn]) => [
      id,
      createPool(fn, { ...running, env: { ...fn.environment, ...extra(fn) } }),
    ]),
  );
  return {
    invoke: async (functionId, event) => {
      const pool = pools.get(functionId);
      if (!pool) throw new FunctionError(`There is no function ${functionId}`);
      return pool.invoke(event);
    },
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
};
