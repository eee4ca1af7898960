import { performance } from 'node:perf_hooks';
import { quantile } from '../stack.ts';
import { connect } from './connection.ts';

/** A request and what its answer must be: nobody is praised for fast errors. */
export interface Call {
  request: string;
  status: number;
  /** is in the body */
  holds: string;
}

/** Makes the n-th call of its kind; undefined when there is nothing left to call about. */
export type Operation = (n: number) => Call | undefined;

/** Does its n-th work on one of so many connections; false when there is none left. */
export type Task = (n: number, connection: number) => Promise<boolean>;

/** How long each piece of work took, and all of it. */
export interface Timed {
  times: number[];
  seconds: number;
}

/** Works from so many connections at once for the time. What has begun is finished, and its time counts. */
const work = async (
  connections: number,
  seconds: number,
  next: () => number,
  task: Task,
): Promise<Timed> => {
  const times: number[] = [];
  const begun = performance.now();
  const until = begun + seconds * 1000;
  const one = async (connection: number) => {
    for (let started = begun; started < until; ) {
      if (!(await task(next(), connection))) return;
      const ended = performance.now();
      times.push(ended - started);
      started = ended;
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, connection) => one(connection)));
  return { times, seconds: (performance.now() - begun) / 1000 };
};

const warmUpSeconds = 0.3;

/** @param around run as measuring begins, after the warm-up; what it returns as it ends */
export const measureTask = async (
  connections: number,
  seconds: number,
  task: Task,
  around: () => (timed: Timed) => void = () => () => {},
  counter = { n: 0 },
): Promise<Timed> => {
  const next = () => counter.n++;
  await work(connections, Math.min(warmUpSeconds, seconds), next, task);
  const end = around();
  const timed = await work(connections, seconds, next, task);
  end(timed);
  return timed;
};

/** An operation over HTTP as a task, on connections of its own. Throws at the first wrong answer. */
export const overHttp = async (baseUrl: string, connections: number, operation: Operation) => {
  const all = await Promise.all(Array.from({ length: connections }, () => connect(baseUrl)));
  const task: Task = async (n, connection) => {
    const call = operation(n);
    if (!call) return false;
    const answer = await all[connection]?.send(call.request);
    if (answer?.status !== call.status || !answer.body.includes(call.holds)) {
      const asked = call.request.split('\r\n', 1)[0];
      throw new Error(`${asked}: ${answer?.status} ${answer?.body.slice(0, 300)}`);
    }
    return true;
  };
  const close = () => {
    for (const connection of all) connection.close();
  };
  return { task, close };
};

export interface Figures {
  per_second: number;
  p50_ms: number;
  p99_ms: number;
}

/** Of several rounds: the middle one's throughput, and how long a call took over all of them. */
export const summarize = (rounds: readonly Timed[]): Figures => {
  const all = rounds.flatMap(({ times }) => times);
  const rates = rounds.map(({ times, seconds }) => times.length / seconds);
  return {
    per_second: quantile(rates, 0.5),
    p50_ms: quantile(all, 0.5),
    p99_ms: quantile(all, 0.99),
  };
};
