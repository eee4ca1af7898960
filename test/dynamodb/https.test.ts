import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { createClient } from '../../lib/dynamodb/client.ts';
import { ConnectionError } from '../../lib/dynamodb/errors.ts';

const passphrase = 'password';
const folder = mkdtempSync(join(tmpdir(), 'bailiwick-tls-'));
let endpoint = '';
let certificate = '';
let asked = 0;
let refused = 0;

// A certificate of nobody known, by what Java brings along.
beforeAll(async () => {
  const store = join(folder, 'server.p12');
  const keytool = (...options: string[]) =>
    execFileSync('keytool', [...options, '-keystore', store, '-storepass', passphrase], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const subject = ['-dname', 'CN=localhost', '-ext', 'san=dns:localhost'];
  keytool('-genkeypair', '-alias', 'server', '-keyalg', 'EC', '-storetype', 'PKCS12', ...subject);
  certificate = keytool('-exportcert', '-rfc', '-alias', 'server');
  const server = https.createServer({ pfx: readFileSync(store), passphrase }, (_, response) => {
    asked++;
    response.end('{}');
  });
  server.on('tlsClientError', () => {
    refused++;
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  endpoint = `https://localhost:${(server.address() as AddressInfo).port}`;
  return () => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  };
});

const ask = () =>
  createClient(
    endpoint,
    () => ({ credentials: { accessKeyId: 'id', secretAccessKey: 'secret' }, region: 'eu-west-1' }),
    { tries: 3, tryMs: 5000 },
  )('DeleteItem', { TableName: 'table', Key: {} });

it('asks nobody whose certificate it cannot check, and does not try again', async () => {
  const error = await ask().catch((failed: unknown) => failed);
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ name: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  await vi.waitFor(() => expect(refused).toBe(1));
  await sleep(200);
  expect([refused, asked]).toEqual([1, 0]);
});

it('asks over TLS who has one that it trusts', async () => {
  const { request } = https;
  const trusting = (options: https.RequestOptions) => request({ ...options, ca: certificate });
  vi.spyOn(https, 'request').mockImplementation(trusting as never);
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  expect(await ask()).toEqual({});
  expect(asked).toBe(1);
});
