import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath, kill } from 'node:process';
import { inject, onTestFinished } from 'vitest';

/** A folder that goes with the test. */
export const temporaryFolder = (parent = tmpdir()): string => {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'bailiwick-start-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

export interface Started {
  child: ChildProcess;
  /** Set once it is ready. */
  baseUrl: string;
  stdout: string;
  stderr: string;
  /** Set when it ended instead of getting ready. */
  exitCode: number | null;
}

/** Runs `npm start`'s command until it is ready or has ended. */
export const start = (dataDir: string, settings: Record<string, string> = {}): Promise<Started> => {
  const child = spawn(execPath, ['infra/local/start.ts'], {
    env: {
      ...env,
      PORT: '0',
      DATA_DIR: dataDir,
      BCRYPT_COST: '4',
      // Synthesized once for all: what differs between these starts is not the template.
      CDK_ASSEMBLY: inject('target').local?.assembly,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const started: Started = { child, baseUrl: '', stdout: '', stderr: '', exitCode: null };
  return new Promise((resolve) => {
    child.stderr.on('data', (chunk) => {
      started.stderr += chunk;
    });
    child.stdout.on('data', (chunk) => {
      started.stdout += chunk;
      started.baseUrl = /answers on (\S+)/.exec(started.stdout)?.[1] ?? '';
      if (started.baseUrl) resolve(started);
    });
    child.once('close', (code) => resolve(Object.assign(started, { exitCode: code })));
  });
};

/** Sends a signal and waits for the end. */
export const stop = async ({ child }: Started, signal: NodeJS.Signals): Promise<number | null> => {
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return ended;
};

/** Process id and command line of what runs DynamoDB Local on a folder: Java, and the shell around it. */
export const processesAbout = (folder: string): string[] =>
  execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder) && line.includes('DynamoDBLocal'));

/** Sends SIGKILL to all of them. */
export const killProcessesAbout = (folder: string): void => {
  for (const line of processesAbout(folder)) kill(Number.parseInt(line, 10), 'SIGKILL');
};
