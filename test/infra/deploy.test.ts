import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { env, execPath } from 'node:process';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'bailiwick-deploy-'));
const calls = join(folder, 'calls');
afterAll(() => rmSync(folder, { recursive: true }));

/** Deploys with a command in place of the CDK's that only writes down what it is asked for. */
const deploy = (fails: string) => {
  writeFileSync(calls, '');
  const cdk = join(folder, 'cdk');
  writeFileSync(cdk, `#!/bin/sh\necho "$@" >> '${calls}'\n[ "$1" != '${fails}' ]\n`);
  chmodSync(cdk, 0o755);
  const script = join(import.meta.dirname, '../../infra/deploy.ts');
  const { status } = spawnSync(execPath, [script, '-c', 'stage=prod'], {
    env: { ...env, PATH: `${folder}${delimiter}${env.PATH}` },
  });
  return { status, calls: readFileSync(calls, 'utf8').trim().split('\n') };
};

it('shows what would change before it asks', () => {
  expect(deploy('')).toEqual({
    status: 0,
    calls: ['diff -c stage=prod', 'deploy --require-approval any-change -c stage=prod'],
  });
});

it('changes nothing when it cannot tell what would change', () => {
  expect(deploy('diff')).toEqual({ status: 1, calls: ['diff -c stage=prod'] });
});

it('is what the CDK understands', () => {
  const help = execFileSync('npx', ['cdk', 'deploy', '--help'], { encoding: 'utf8' });
  expect(help).toMatch(/--require-approval\b[\s\S]*"any-change"/);
  expect(help).toMatch(/-y, --yes\b|--yes, -y\b/);
});
