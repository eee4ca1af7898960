import { createReadStream, statSync } from 'node:fs';
import { ApiError, type Client } from '../../../lib/client/client.ts';
import { BailiwickError } from '../../../lib/errors.ts';
import { foldName } from '../../../lib/fold-name.ts';
import { Problem } from '../../local/problem.ts';
import { type Entry, parseEntry } from './entry.ts';
import type { Journal } from './journal.ts';
import { type Line, linesOf } from './lines.ts';
import { makeUser } from './make.ts';

/** How an import ended. */
export interface Tally {
  /** Not counting empty ones. */
  lines: number;
  made: number;
  /** With the same password: an earlier try made them, or their permissions were completed. */
  there: number;
  /** Dealt with by an earlier run. */
  before: number;
  /** Not right in themselves. */
  wrong: number;
  /** Refused by the API. */
  refused: number;
}

interface Job {
  client: Client;
  file: string;
  journal: Journal;
  concurrency: number;
  /** See `makeUser`. */
  completes: boolean;
  /** Told each line that is wrong or refused. */
  reject: (line: Line, sentence: string) => void;
  /** Told how many bytes have been read. */
  progress: (bytes: number) => void;
}

export const newTally = (): Tally => ({
  lines: 0,
  made: 0,
  there: 0,
  before: 0,
  wrong: 0,
  refused: 0,
});

/** Trouble that is not the line's: the rest would meet it as well. */
const isOver = ({ status }: ApiError): boolean => [0, 401, 429, 502, 503, 504].includes(status);

/** The user of a line; undefined, and told, if it is wrong. */
const readEntry = (line: Line, reject: Job['reject']): Entry | undefined => {
  try {
    return parseEntry(line.bytes);
  } catch (error) {
    if (!(error instanceof BailiwickError)) throw error;
    reject(line, error.message);
    return undefined;
  }
};

const isEmpty = ({ bytes }: Line): boolean => bytes !== undefined && !/\S/.test(bytes.toString());

type Reading = Pick<Job, 'file' | 'reject' | 'progress'>;

/** Every line with its user, if it has one; counts those that have or should have. */
async function* entriesOf({ file, reject, progress }: Reading, tally: Tally) {
  for await (const line of linesOf(createReadStream(file))) {
    progress(line.end);
    if (isEmpty(line)) {
      yield { line, entry: undefined };
      continue;
    }
    const entry = readEntry(line, reject);
    tally.lines++;
    if (!entry) tally.wrong++;
    yield { line, entry };
  }
}

/** Throws a Problem unless a path is that of a file. @returns its bytes */
export const sizeOf = (file: string): number => {
  try {
    const stat = statSync(file);
    if (stat.isFile()) return stat.size;
  } catch (error) {
    throw new Problem(`${file} cannot be read: ${(error as Error).message}.`);
  }
  throw new Problem(`${file} is no file: put the lines into one.`);
};

/** Reads all lines and sends nothing. */
export const checkLines = async (
  job: Pick<Job, 'file' | 'reject' | 'progress'>,
): Promise<Tally> => {
  const tally = newTally();
  for await (const _ of entriesOf(job, tally));
  return tally;
};

/**
 * Where to go on: the mark of the run before, if the file is still the same up to there. Throws a Problem if
 * the last user of that part is gone, since then all of them may be, as in a stack that keeps nothing.
 */
export const findStart = async (
  { client, file, journal }: Pick<Job, 'client' | 'file' | 'journal'>,
  name: string,
) => {
  const { mark, refused } = journal;
  if (!mark) return undefined;
  let last: string | undefined;
  let isSame = false;
  const quiet = { file, reject: () => {}, progress: () => {} };
  for await (const { line, entry } of entriesOf(quiet, newTally())) {
    if (entry && !refused.has(line.number)) last = entry.username;
    if (line.number < mark.line) continue;
    isSame = line.digest === mark.digest;
    break;
  }
  // Also where the file ends before that line.
  if (!isSame) return undefined;
  if (last === undefined) return mark;
  await client.get('/api/v1/users/{userName}', { path: { userName: last } }).catch((error) => {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    throw new Problem(
      `By ${name} line ${mark.line} was reached, but there is no user ${last}: delete ${name} to begin anew.`,
    );
  });
  return mark;
};

/**
 * Makes the users of a file, some at once, those of one name one after another. However it ends, and wherever
 * it is killed, the same again comes to the same: what is there already is recognized (see `makeUser`).
 * @param from the line up to which an earlier run came
 * @returns what stopped it, if anything did
 */
export const importUsers = async (job: Job, from: number, tally: Tally): Promise<unknown> => {
  const { client, journal, concurrency, completes, reject } = job;
  const running = new Map<string, Promise<void>>();
  const places: { line: Line; isDone: boolean }[] = [];
  let done: Line | undefined;
  let stopped: unknown;

  /** What is done is passed from the front, so that nothing before a mark is not. */
  const finish = (place: { isDone: boolean }) => {
    place.isDone = true;
    const passed = done;
    while (places[0]?.isDone) done = places.shift()?.line;
    if (done && done !== passed) journal.reach(done);
  };

  const send = async ({ line, entry }: { line: Line; entry: Entry }, finished: () => void) => {
    try {
      tally[await makeUser(client, entry, completes)]++;
    } catch (error) {
      if (!(error instanceof ApiError) || isOver(error)) {
        stopped ??= error;
        return;
      }
      tally.refused++;
      journal.refuse(line.number);
      reject(line, error.message);
    }
    finished();
  };

  for await (const { line, entry } of entriesOf(job, tally)) {
    const place = { line, isDone: false };
    places.push(place);
    const isBefore = line.number <= from && !journal.refused.has(line.number);
    if (entry && isBefore) tally.before++;
    if (!entry || isBefore) {
      finish(place);
      continue;
    }
    const name = foldName(entry.username);
    await running.get(name);
    while (running.size >= concurrency) await Promise.race(running.values());
    if (stopped !== undefined) break;
    const task = send({ line, entry }, () => finish(place)).finally(() => running.delete(name));
    running.set(name, task);
  }
  await Promise.all(running.values());
  if (done) journal.reach(done, true);
  return stopped;
};
