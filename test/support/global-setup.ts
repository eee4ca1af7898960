import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import currentProcess, { env, execPath } from 'node:process';
import type { TestProject } from 'vitest/node';
import { startDynamoDb } from '../../infra/local/dynamodb.ts';
import { ofType, readTemplate } from '../../infra/local/template.ts';
import { faultsOfLog } from './secrets.ts';

/** What the suites run against. */
export interface Target {
  baseUrl: string;
  token: string;
  /** Only of the local stack: where its table is, to make callers that no operation makes yet. */
  local?: { endpoint: string; table: string; assembly: string };
}

declare module 'vitest' {
  export interface ProvidedContext {
    target: Target;
  }
}

/** Waits for the line that names the base URL. */
const untilReady = (child: ChildProcess, log: string): Promise<void> =>
  new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk) => String(chunk).includes('answers on') && resolve());
    child.once('exit', () => {
      reject(new Error(`The local stack did not start: ${readFileSync(log, 'utf8')}`));
    });
  });

/** Fails the whole run when anything that the functions logged in it may not be logged. */
const checkLog = (log: string): void => {
  const faults = faultsOfLog(readFileSync(log, 'utf8'));
  if (faults.length === 0) return;
  currentProcess.exitCode = 1;
  throw new Error(`The log of the functions is not right.\n${faults.slice(0, 10).join('\n')}`);
};

/** Runs the suites against API_URL with API_TOKEN, or else against a local stack of their own. */
export default async function setup(project: TestProject) {
  if (env.API_URL) {
    project.provide('target', { baseUrl: env.API_URL, token: env.API_TOKEN ?? '' });
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-test-'));
  const log = join(folder, 'log');
  const dynamodb = await startDynamoDb(undefined);
  const child = spawn(execPath, ['infra/local/start.ts'], {
    env: {
      ...env,
      PORT: '0',
      DATA_DIR: folder,
      DYNAMODB_ENDPOINT: dynamodb.endpoint,
      BCRYPT_COST: '4',
    },
    stdio: ['ignore', 'pipe', openSync(log, 'w')],
  });
  await untilReady(child, log);
  const { base_url, token } = JSON.parse(readFileSync(join(folder, 'admin.json'), 'utf8'));
  const assembly = join(folder, 'cdk.out');
  const [table = ''] =
    ofType(readTemplate(assembly, 'bailiwick-dev'), 'AWS::DynamoDB::Table')[0] ?? [];
  const local = { endpoint: dynamodb.endpoint, table, assembly };
  project.provide('target', { baseUrl: base_url, token, local });
  return async () => {
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
    await dynamodb.close();
    checkLog(log);
    rmSync(folder, { recursive: true, force: true });
  };
}
