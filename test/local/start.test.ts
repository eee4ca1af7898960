import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { password, users } from '../support/api.ts';
import { processesAbout, type Started, start, stop, temporaryFolder } from '../support/process.ts';

const readAdmin = (folder: string) => JSON.parse(readFileSync(join(folder, 'admin.json'), 'utf8'));

const ask = (stack: Started, folder: string, path: string, options: RequestInit = {}) =>
  fetch(stack.baseUrl + path, {
    ...options,
    headers: {
      Authorization: `Bearer ${readAdmin(folder).token}`,
      'Content-Type': 'application/json',
    },
  });

const untilGone = async (folder: string) => {
  for (let i = 0; i < 100 && processesAbout(folder).length > 0; i++) await sleep(50);
  return processesAbout(folder);
};

describe('npm start', () => {
  it('keeps all over a restart, prints its token once, and leaves no process', async () => {
    const folder = temporaryFolder();
    const first = await start(folder);
    const { token, username, base_url } = readAdmin(folder);
    expect(base_url).toBe(first.baseUrl);
    expect(first.stdout).toContain(username);
    expect(first.stdout.split(token)).toHaveLength(2);
    expect(statSync(join(folder, 'admin.json')).mode & 0o777).toBe(0o600);
    const create = { method: 'POST', body: JSON.stringify({ password }) };
    const created = await ask(first, folder, `${users}/kept`, create);
    expect(created.status).toBe(201);
    const { password_hash } = (await created.json()) as { password_hash: string };
    expect(first.stderr).toContain('users.create');
    const hash = Buffer.from(password_hash, 'base64').toString();
    for (const secret of [password, password_hash, hash, token]) {
      expect(first.stderr).not.toContain(secret);
    }
    expect(processesAbout(folder)).not.toEqual([]);
    expect(await stop(first, 'SIGINT')).toBe(0);
    expect(processesAbout(folder)).toEqual([]);

    const second = await start(folder);
    expect(second.stdout).toBe(`Bailiwick answers on ${second.baseUrl}\n`);
    expect(readAdmin(folder)).toEqual({ base_url: second.baseUrl, username, token });
    expect((await ask(second, folder, `${users}/kept`)).status).toBe(200);
    expect(await stop(second, 'SIGTERM')).toBe(0);
  });

  it('survives being killed: what was acknowledged is there, and no process is left', async () => {
    const folder = temporaryFolder();
    const killed = await start(folder);
    const create = { method: 'POST', body: JSON.stringify({ password }) };
    const names = Array.from({ length: 20 }, (_, i) => `crash-${i}`);
    const acknowledged: string[] = [];
    const writes = names.map(async (name, i) => {
      await sleep(i * 10);
      const { status } = await ask(killed, folder, `${users}/${name}`, create);
      if (status === 201) acknowledged.push(name);
    });
    const writing = Promise.allSettled(writes);
    while (acknowledged.length < 5) await sleep(5);
    await stop(killed, 'SIGKILL');
    await writing;
    expect(await untilGone(folder)).toEqual([]);

    const again = await start(folder);
    for (const name of acknowledged) {
      expect((await ask(again, folder, `${users}/${name}`)).status, name).toBe(200);
    }
    await stop(again, 'SIGTERM');
  });

  it('runs below the project too, where its data lie by default', async () => {
    const folder = temporaryFolder(join(import.meta.dirname, '../../.local'));
    const stack = await start(folder, { IN_MEMORY: '1', CDK_ASSEMBLY: '' });
    expect(stack.stderr).not.toContain('Error');
    expect((await ask(stack, folder, `${users}/me`)).status).toBe(200);
    await stop(stack, 'SIGTERM');
  });

  it('keeps nothing in memory, and makes a new admin each time', async () => {
    const folder = temporaryFolder();
    const first = await start(folder, { IN_MEMORY: '1' });
    const { token } = readAdmin(folder);
    await stop(first, 'SIGTERM');
    const second = await start(folder, { IN_MEMORY: '1' });
    expect(readAdmin(folder).token).not.toBe(token);
    expect((await ask(second, folder, `${users}/me`)).status).toBe(200);
    await stop(second, 'SIGTERM');
  });

  const refused = async (folder: string, settings: Record<string, string>, sentence: RegExp) => {
    const { exitCode, stdout, stderr } = await start(folder, settings);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(await untilGone(folder)).toEqual([]);
  };

  it('says that the port is taken', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
    const sentence = new RegExp(`^Port ${port} is taken: set PORT`);
    await refused(temporaryFolder(), { PORT: String(port) }, sentence);
    other.close();
  });

  it.each(['http', '-1', '65536', '3000.5'])('says that PORT=%s is no port', async (PORT) => {
    await refused(temporaryFolder(), { PORT }, /^PORT is ".*": make it a number/);
  });

  it.each(['none', '0', '1.5'])(
    'says that SANDBOXES=%s is no number of them',
    async (SANDBOXES) => {
      await refused(temporaryFolder(), { SANDBOXES }, /^SANDBOXES is ".*": make it a number/);
    },
  );

  it.each(['https://127.0.0.1:8000', 'ftp://x', 'localhost:8000'])(
    'says that DYNAMODB_ENDPOINT=%s is no DynamoDB Local',
    async (DYNAMODB_ENDPOINT) => {
      await refused(temporaryFolder(), { DYNAMODB_ENDPOINT }, /^DYNAMODB_ENDPOINT is ".*": make/);
    },
  );

  it('says that Java is missing, or too old', async () => {
    const folder = temporaryFolder();
    const { PATH = '' } = process.env;
    await refused(
      folder,
      { PATH: '/nonexistent' },
      /^DynamoDB Local needs Java 11 .* none on the PATH/,
    );
    const java = join(folder, 'java');
    writeFileSync(java, '#!/bin/sh\necho \'openjdk version "1.8.0_292"\' >&2\n');
    chmodSync(java, 0o755);
    await refused(folder, { PATH: `${folder}:${PATH}` }, /found is version 8/);
  });

  it('says that the data folder is a file', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    await refused(file, {}, /^The data folder .* cannot be used/);
  });

  it('says that the data is damaged', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'dynamodb'));
    writeFileSync(join(folder, 'dynamodb/shared-local-instance.db'), 'not a database'.repeat(1000));
    await refused(folder, {}, /damaged/);
  });

  it('says that another stack runs on the folder', async () => {
    const folder = temporaryFolder();
    const first = await start(folder);
    await refusedWhileRunning(folder, first);
    await stop(first, 'SIGTERM');
  });

  const refusedWhileRunning = async (folder: string, first: Started) => {
    const { exitCode, stderr } = await start(folder);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`Process ${first.child.pid} already runs Bailiwick`);
    expect((await ask(first, folder, `${users}/me`)).status).toBe(200);
  };

  it('says that there is no such stage', async () => {
    const settings = { STAGE: 'qa', CDK_ASSEMBLY: '' };
    await refused(temporaryFolder(), settings, /There is no stage "qa": use one of/);
  });
});
