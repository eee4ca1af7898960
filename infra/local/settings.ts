import { join, resolve } from 'node:path';
import type { Running } from './invoker.ts';
import { Problem } from './problem.ts';

/** How to run the local stack; README lists what each means. */
export interface Settings extends Running {
  port: number;
  dataDir: string;
  inMemory: boolean;
  /** Use this DynamoDB instead of starting one. */
  endpoint?: string | undefined;
  stage: string;
  /** log2 of bcrypt's rounds for the local functions. */
  bcryptCost: string;
  /** An assembly already synthesized, instead of synthesizing one. */
  assembly?: string | undefined;
}

/** Where the stack keeps its data. */
export const dataDirOf = (env: NodeJS.ProcessEnv): string =>
  resolve(env.DATA_DIR || join(import.meta.dirname, '../../.local'));

/**
 * Reads the settings from the environment. Throws a Problem naming a bad one.
 * @param onTerminal whether a person sees the log
 */
export const readSettings = (env: NodeJS.ProcessEnv, onTerminal = false): Settings => {
  const port = Number(env.PORT || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Problem(`PORT is "${env.PORT}": make it a number from 0 (any free port) to 65535.`);
  }
  const endpoint = env.DYNAMODB_ENDPOINT || undefined;
  // Only requests by HTTP are held against the policies of the functions.
  if (endpoint && !/^http:\/\/[^/]/.test(endpoint)) {
    throw new Problem(
      `DYNAMODB_ENDPOINT is "${endpoint}": make it the address of a DynamoDB Local, as http://127.0.0.1:8000.`,
    );
  }
  const sandboxes = env.SANDBOXES ? Number(env.SANDBOXES) : undefined;
  if (sandboxes !== undefined && (!Number.isInteger(sandboxes) || sandboxes < 1)) {
    throw new Problem(`SANDBOXES is "${env.SANDBOXES}": make it a number from 1 on.`);
  }
  return {
    port,
    dataDir: dataDirOf(env),
    inMemory: env.IN_MEMORY === '1',
    endpoint,
    stage: env.STAGE || 'dev',
    bcryptCost: env.BCRYPT_COST || '10',
    logForPeople: env.LOG_FORMAT ? env.LOG_FORMAT === 'text' : onTerminal,
    sandboxes,
    assembly: env.CDK_ASSEMBLY || undefined,
  };
};
