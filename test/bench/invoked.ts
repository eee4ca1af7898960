// Invokes one bundle as often as it is told to, as a Lambda sandbox does: one event at a time.
import { createRequire } from 'node:module';
import { argv, cpuUsage } from 'node:process';

/** What to run. */
export interface Invocation {
  bundle: string;
  /** JSON of the event, where `{n}` is the number of the invocation */
  event: string;
  /** An answer with another one ends the process. */
  status?: number | undefined;
}

/** What so many invocations took. */
export interface Spent {
  ms: number;
  /** processor time of the whole process, so with what the runtime does beside */
  cpuMs: number;
}

const { bundle, event, status }: Invocation = JSON.parse(argv[2] ?? '');
const { handler } = createRequire(bundle)(bundle);
let n = 0;

const invoke = async (): Promise<void> => {
  const context = { awsRequestId: `request-${n}`, getRemainingTimeInMillis: () => 10_000 };
  const answer = await handler(JSON.parse(event.replaceAll('{n}', String(n))), context);
  if (status !== undefined && answer.statusCode !== status) {
    throw new Error(`${bundle}: ${answer.statusCode} ${answer.body}`);
  }
  JSON.stringify(answer);
  n++;
};

process.on('message', async (count: number) => {
  const before = cpuUsage();
  const started = performance.now();
  for (let i = 0; i < count; i++) await invoke();
  const ms = performance.now() - started;
  const { user, system } = cpuUsage(before);
  const spent: Spent = { ms, cpuMs: (user + system) / 1000 };
  process.send?.(spent);
});
