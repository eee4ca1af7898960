import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { Problem } from '../../local/problem.ts';

/**
 * A file that only its owner can read, as it holds secrets. It is written beside its place and takes it when
 * it is whole, so nobody ever takes a part for it. Throws a Problem when it cannot be written.
 */
export const createPrivateFile = (path: string) => {
  const beside = `${path}.new`;
  const discard = () => rmSync(beside, { force: true });
  const open = (): number => {
    try {
      // A file of that name would keep the mode that it has.
      discard();
      return openSync(beside, 'wx', 0o600);
    } catch (error) {
      throw new Problem(`${path} cannot be written: ${(error as Error).message}.`);
    }
  };
  const file = open();
  // Also when Ctrl-C ends it.
  process.once('exit', discard);
  return {
    write: (line: string | Buffer): void => {
      writeSync(file, Buffer.concat([Buffer.from(line), Buffer.from('\n')]));
    },
    /** Puts the whole file into its place. */
    keep: (): void => {
      fsyncSync(file);
      closeSync(file);
      renameSync(beside, path);
    },
  };
};
