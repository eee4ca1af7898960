import { spawnSync } from 'node:child_process';
import { Problem } from './problem.ts';

const oldest = 11;

/** Throws a Problem unless `java` on the PATH is new enough for DynamoDB Local. */
export const requireJava = (): void => {
  const { stderr = '', error } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const [, major = '0'] = /version "(?:1\.)?(\d+)/.exec(stderr ?? '') ?? [];
  if (error || Number(major) < oldest) {
    const found = error ? 'there is none on the PATH' : `found is version ${major}`;
    throw new Problem(
      `DynamoDB Local needs Java ${oldest} or newer and ${found}: install it, for example from https://adoptium.net, or set DYNAMODB_ENDPOINT to a DynamoDB that runs already.`,
    );
  }
};
