import { fork } from 'node:child_process';
import { join } from 'node:path';
import { invocableOf } from './functions.ts';

/** Milliseconds since the process began. */
export interface First {
  loading: number;
  loaded: number;
  answered: number;
}

/**
 * Starts Node with a bundle and invokes it once as one of the functions.
 * @param n number of the invocation, `{n}` in its event
 */
export const answerFirst = (
  env: NodeJS.ProcessEnv,
  bundle: string,
  entry: string,
  n: number,
): Promise<First> =>
  new Promise((resolve, reject) => {
    const { event, status } = invocableOf(entry);
    const told = JSON.stringify({ bundle, event: JSON.stringify(event), status });
    const child = fork(join(import.meta.dirname, 'first.cjs'), [told, String(n)], {
      env,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.once('message', (message) => resolve(message as First));
    child.once('exit', (code) => code && reject(new Error(`${entry} failed.`)));
  });
