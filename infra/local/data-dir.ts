import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './problem.ts';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/**
 * Makes the data folder and takes it for this process. Throws a Problem when it cannot be written or
 * another stack runs on it. @returns gives the folder back
 */
export const takeDataDir = (folder: string): (() => void) => {
  const lock = join(folder, 'lock');
  const take = () => writeFileSync(lock, String(process.pid), { flag: 'wx' });
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    try {
      take();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = Number(readFileSync(lock, 'utf8'));
      if (owner > 0 && owner !== process.pid && isAlive(owner)) {
        throw new Problem(
          `Process ${owner} already runs Bailiwick on ${folder}: stop it, or set DATA_DIR to another folder.`,
        );
      }
      // Left by a process that was killed.
      rmSync(lock);
      take();
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(
      `The data folder ${folder} cannot be used (${(error as Error).message}): set DATA_DIR to a folder that can be written.`,
    );
  }
  return () => rmSync(lock, { force: true });
};
