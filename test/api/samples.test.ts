import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { createUser, freshName, keyFor, sessionFor } from '../support/api.ts';
import { type Operation, operations } from '../support/contract.ts';
import { startRecorder } from '../support/recorder.ts';

/*
 * Every sample of the OpenAPI document is executed as it is printed, but for its placeholders: the base URL, the
 * token, the user johndoe and the id of its key.
 */

vi.setConfig({ maxConcurrency: 2 });

const run = promisify(execFile);
const has = (command: string, ...args: string[]) =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

interface Language {
  label: string;
  isThere: boolean;
  file: string;
  command: (file: string) => [command: string, ...args: string[]];
}

const languages: Language[] = [
  {
    label: 'curl',
    isThere: has('curl', '--version'),
    file: 'sample.sh',
    command: (file) => ['sh', file],
  },
  {
    label: 'JavaScript (async)',
    isThere: true,
    file: 'async.mjs',
    command: (file) => [execPath, file],
  },
  {
    label: 'JavaScript (then)',
    isThere: true,
    file: 'then.mjs',
    command: (file) => [execPath, file],
  },
  {
    label: 'Python (requests)',
    // Continuous integration has to have the library where it has the language.
    isThere: env.CI ? has('python3', '--version') : has('python3', '-c', 'import requests'),
    file: 'sample.py',
    command: (file) => ['python3', file],
  },
  {
    label: 'Go (net/http)',
    isThere: has('go', 'version'),
    file: 'main.go',
    command: (file) => [join(file, '../../bin', file.split('/').at(-2) ?? '')],
  },
];

const folder = mkdtempSync(join(tmpdir(), 'bailiwick-samples-'));
let recorder: Awaited<ReturnType<typeof startRecorder>>;
let built: Promise<unknown>;

const senderOf = ({ json }: Operation, { file }: Language) =>
  `${json.operationId}-${file.replace('.', '-')}`;

/** Makes what a sample is about, and the sample about that. */
const prepare = async ({ json }: Operation, language: Language, sender: string) => {
  const { operationId, 'x-codeSamples': samples } = json;
  const name = freshName('johndoe');
  if (operationId !== 'createUser') await createUser(name, ['table', 'orders_table', 'read']);
  const { token: admin } = inject('target');
  const token = operationId === 'deleteCurrentSession' ? await sessionFor(name) : admin;
  const keyId = operationId === 'deleteApiKey' ? (await keyFor(name)).key_id : '';
  const { source } = samples.find((one: { label: string }) => one.label === language.label);
  mkdirSync(join(folder, sender));
  writeFileSync(
    join(folder, sender, language.file),
    source
      .replaceAll('http://127.0.0.1:3000', recorder.urlOf(sender))
      .replaceAll('YOUR_API_KEY', token)
      .replaceAll('johndoe', name)
      .replaceAll('K0VbvELKM8SsrLuWrB7e', keyId),
  );
};

/** All at once, since what takes the time is once for all. */
const buildGo = async () => {
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'go.mod'), 'module samples\n\ngo 1.20\n');
  await run('go', ['build', '-ldflags=-s -w', '-o', 'bin/', './...'], { cwd: folder });
};

beforeAll(async () => {
  recorder = await startRecorder(inject('target').baseUrl);
  const there = languages.filter(({ isThere }) => isThere);
  for (const operation of operations) {
    await Promise.all(
      there.map((language) => prepare(operation, language, senderOf(operation, language))),
    );
  }
  built = there.some(({ file }) => file === 'main.go') ? buildGo() : Promise.resolve();
  // Whoever waits for it is told.
  built.catch(() => {});
});
afterAll(() => {
  recorder.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(languages)('in $label', (language) => {
  const each = (language.isThere ? it.concurrent : it.skip).each(operations);
  each(
    '$method $path',
    async (operation) => {
      const sender = senderOf(operation, language);
      if (language.file === 'main.go') await built;
      const [command, ...args] = language.command(join(folder, sender, language.file));
      const { stdout } = await run(command, args);

      const statuses = Object.keys(operation.json.responses).map(Number);
      const status = statuses.find((one) => one < 300);
      const [start] = operation.path.split('{');
      expect(recorder.of(sender), stdout).toEqual([
        { method: operation.method, path: expect.stringContaining(start ?? ''), status },
      ]);
      // Whoever runs it is shown what came back; curl shows nothing of nothing.
      if (status === 204) expect(stdout.includes('204')).toBe(language.label !== 'curl');
      else expect(stdout).toMatch(/[[{]/);
    },
    // The first build for Go compiles its whole HTTP library.
    240_000,
  );
});
