// Processor time by thread, as Linux counts it (none elsewhere): who does the work at ten connections, when
// waiting times say little of it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // A thread may have ended.
    return '';
  }
};

/** Milliseconds of processor time of each thread of a process so far, by the thread's id and name. */
const threadTimes = (pid: number): Map<string, number> => {
  const tasks = `/proc/${pid}/task`;
  if (!existsSync(tasks)) return new Map();
  return new Map(
    readdirSync(tasks).map((tid) => [
      `${tid} ${read(`${tasks}/${tid}/comm`).trim()}`,
      Number(read(`${tasks}/${tid}/schedstat`).split(' ', 1)[0]) / 1e6,
    ]),
  );
};

/** Begins to count; what it returns tells each thread's time since then, most first. */
export const countThreads = (pid: number): (() => { thread: string; ms: number }[]) => {
  const before = threadTimes(pid);
  return () =>
    [...threadTimes(pid)]
      .map(([thread, ms]) => ({ thread, ms: ms - (before.get(thread) ?? 0) }))
      .filter(({ ms }) => ms > 0)
      .sort((a, b) => b.ms - a.ms);
};
