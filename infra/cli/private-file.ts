import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { Problem } from '../local/problem.ts';

/**
 * A file that only its owner can read, as it holds secrets. It is written beside its place, under a name that
 * nothing else has, and takes its place when it is whole, so nobody ever takes a part for it. Throws a Problem
 * when it cannot be written.
 */
export const createPrivateFile = (path: string) => {
  const beside = `${path}.${randomUUID()}.new`;
  const trying = <T>(write: () => T): T => {
    try {
      return write();
    } catch (error) {
      throw new Problem(`${path} cannot be written: ${(error as Error).message}.`);
    }
  };
  // Whatever else has that name would be replaced, or found to be in the way at the end only.
  const there = trying(() => statSync(path, { throwIfNoEntry: false }));
  if (there && !there.isFile()) throw new Problem(`${path} is no file: name another.`);
  const file = trying(() => openSync(beside, 'wx', 0o600));
  const discard = () => rmSync(beside, { force: true });
  // Also when Ctrl-C ends it.
  process.once('exit', discard);
  return {
    write: (line: string | Buffer): void => {
      trying(() => writeSync(file, Buffer.concat([Buffer.from(line), Buffer.from('\n')])));
    },
    /** Puts the whole file into its place. */
    keep: (): void => {
      trying(() => {
        fsyncSync(file);
        closeSync(file);
        renameSync(beside, path);
      });
      process.off('exit', discard);
    },
  };
};
