import { execFile, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { createUser, freshName, tokenFor } from '../support/api.ts';

const folder = join(import.meta.dirname, '../examples');
const run = promisify(execFile);
const isInstalled = (command: string, ...args: string[]) =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

let name: string;
let settings: { BAILIWICK_URL: string; BAILIWICK_KEY: string };
beforeAll(async () => {
  name = await createUser(freshName('reader'), ['order', '1001', 'read']);
  const service = await createUser(freshName('service'), ['user', '*', 'read']);
  settings = { BAILIWICK_URL: inject('target').baseUrl, BAILIWICK_KEY: await tokenFor(service) };
});

it.each(['ts', 'py', 'go'])('the README shows the example in %s as it is tested', (language) => {
  const readme = readFileSync(join(folder, '../../README.md'), 'utf8');
  expect(readme).toContain(readFileSync(join(folder, `may.${language}`), 'utf8').trim());
});

describe('the example allows what is granted, and nothing else', () => {
  it('in TypeScript', async () => {
    for (const [variable, value] of Object.entries(settings)) vi.stubEnv(variable, value);
    const { may } = await import('../examples/may.ts');
    vi.unstubAllEnvs();
    const idOf = (request: IncomingMessage) => request.url?.slice(1) ?? '';
    const server = createServer((request, response) => {
      const action = request.method === 'GET' ? 'read' : 'write';
      const next = () => response.writeHead(200).end();
      void may(action, 'order', idOf)(Object.assign(request, { user: name }), response, next);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.close();
    });
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect((await fetch(`${base}/1001`)).status).toBe(200);
    expect((await fetch(`${base}/1001`, { method: 'PUT' })).status).toBe(403);
    expect((await fetch(`${base}/1002`)).status).toBe(403);

    vi.stubEnv('BAILIWICK_URL', 'http://127.0.0.1:9');
    vi.resetModules();
    const { may: askNobody } = await import('../examples/may.ts');
    vi.unstubAllEnvs();
    server.removeAllListeners('request').on('request', (request, response) => {
      const next = () => response.writeHead(200).end();
      void askNobody('read', 'order', idOf)(Object.assign(request, { user: name }), response, next);
    });
    expect((await fetch(`${base}/1001`)).status).toBe(503);
  });

  it.runIf(isInstalled('python3', '--version'))('in Python', async () => {
    const script = `import sys; from may import may; print([may(*a.split()) for a in sys.argv[1:]])`;
    const questions = [
      `${name} read order 1001`,
      `${name} write order 1001`,
      `nobody read order 1001`,
    ];
    const options = { cwd: folder, env: { ...env, ...settings, PYTHONDONTWRITEBYTECODE: '1' } };
    const { stdout } = await run('python3', ['-c', script, ...questions], options);
    expect(stdout.trim()).toBe('[True, False, False]');
    const closed = { ...options, env: { ...options.env, BAILIWICK_KEY: 'none' } };
    await expect(run('python3', ['-c', script, questions[0] ?? ''], closed)).rejects.toThrow('401');
  });

  it.runIf(isInstalled('go', 'version'))(
    'in Go',
    async () => {
      const scratch = mkdtempSync(join(tmpdir(), 'bailiwick-go-'));
      onTestFinished(() => rmSync(scratch, { recursive: true }));
      copyFileSync(join(folder, 'may.go'), join(scratch, 'may.go'));
      writeFileSync(
        join(scratch, 'main.go'),
        `package main

func main() {
	for _, action := range []string{"read", "write"} {
		allowed, err := may(os.Args[1], action, "order", "1001")
		fmt.Println(allowed, err)
	}
}
`.replace('func main', 'import (\n\t"fmt"\n\t"os"\n)\n\nfunc main'),
      );
      writeFileSync(join(scratch, 'go.mod'), 'module example\n\ngo 1.20\n');
      const options = { cwd: scratch, env: { ...env, ...settings } };
      const { stdout } = await run('go', ['run', '.', name], options);
      expect(stdout).toBe('true <nil>\nfalse <nil>\n');
    },
    60_000,
  );
});
