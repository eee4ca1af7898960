import { type ChildProcess, spawn } from 'node:child_process';
import { env, execPath } from 'node:process';
import { inject } from 'vitest';
import { temporaryFolder } from './process.ts';

interface Run {
  /** What it reads; nothing, but no terminal either, without. */
  input?: string;
  env?: Record<string, string>;
  /** Told the process, to kill it. */
  started?: (child: ChildProcess) => void;
}

interface Ended {
  /** Null when it was killed. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Makes what runs the command line as a person's shell would, with a home of its own: as the admin of the local
 * stack unless the environment says otherwise (an empty text says nothing).
 */
export const commandLine = () => {
  const { baseUrl, token } = inject('target');
  const home = temporaryFolder();
  const own = {
    BAILIWICK_URL: baseUrl,
    BAILIWICK_TOKEN: token,
    XDG_CONFIG_HOME: `${home}/config`,
    DATA_DIR: `${home}/data`,
  };
  const run = (args: readonly string[], options: Run = {}): Promise<Ended> => {
    const child = spawn(execPath, ['infra/cli/main.ts', ...args], {
      env: { ...env, ...own, ...options.env },
    });
    const ended: Ended = { code: null, stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      ended.stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      ended.stderr += chunk;
    });
    // It may end before it has read all.
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
    options.started?.(child);
    return new Promise((resolve) => {
      child.once('close', (code) => resolve(Object.assign(ended, { code })));
    });
  };
  return { run, home, env: own };
};
