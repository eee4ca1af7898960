import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const guide = readFileSync(join(root, 'docs/adding-an-endpoint.md'), 'utf8');
const copy = mkdtempSync(join(tmpdir(), 'bailiwick-guide-'));
afterAll(() => rmSync(copy, { recursive: true }));

/** The project as it is in the work tree, without what is made of it. */
const copyProject = (): void => {
  const listed = ['ls-files', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', listed, { cwd: root, encoding: 'utf8' }).trim().split('\n');
  for (const file of files) {
    mkdirSync(join(copy, dirname(file)), { recursive: true });
    copyFileSync(join(root, file), join(copy, file));
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
};

/** Does what a block with the name of a file says: a whole file, or lines between others that are there. */
const follow = (kind: string, file: string, block: string): void => {
  const path = join(copy, file);
  if (kind !== 'diff') {
    writeFileSync(path, block);
    return;
  }
  const lines = block.trimEnd().split('\n');
  const without = (mark: string) =>
    lines
      .filter((line) => !line.startsWith(mark))
      .map((line) => line.slice(1))
      .join('\n');
  const text = readFileSync(path, 'utf8');
  expect(text.split(without('+')), `${file} has once:\n${without('+')}`).toHaveLength(2);
  writeFileSync(
    path,
    text.replace(without('+'), () => without('-')),
  );
};

const run = (command: string, ...args: string[]): string =>
  execFileSync(join(copy, 'node_modules/.bin', command), args, { cwd: copy, encoding: 'utf8' });

it('the guide makes an endpoint that passes every check and its tests', () => {
  copyProject();
  const blocks = [...guide.matchAll(/^```(\w+) (\S+)\n([\s\S]*?)^```$/gm)];
  expect(blocks.length).toBeGreaterThan(8);
  for (const [, kind = '', file = '', block = ''] of blocks) follow(kind, file, block);
  run('node', 'infra/contract/write.ts');
  run('node', 'infra/contract/write-client.ts');
  run('tsc');
  run('tsc', '-p', 'web');
  run('knip');
  run('biome', 'check', '--vcs-enabled=false', 'lib', 'functions', 'infra', 'test');
  const tests = [
    'test/api/session-list.test.ts',
    'test/rules/budgets.test.ts',
    'test/infra/contract.test.ts',
  ];
  const report = join(copy, 'report.json');
  run('vitest', 'run', '--reporter=json', `--outputFile=${report}`, ...tests);
  const { success, numPassedTests } = JSON.parse(readFileSync(report, 'utf8'));
  expect(success).toBe(true);
  expect(numPassedTests).toBeGreaterThan(20);
}, 180_000);
