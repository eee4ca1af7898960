import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { codingFor } from '../../infra/local/compression.ts';
import { serve } from '../support/small-stack.ts';

it.each([
  // As the developer guide lists them, and what it says of each.
  [undefined, 'identity'],
  ['', 'identity'],
  ['*', 'identity'],
  ['gzip', 'gzip'],
  ['deflate,gzip', 'deflate'],
  ['deflate;q=0.5,gzip;q=1.0', 'gzip'],
  ['gzip;q=1.0,identity;q=0.5,*;q=0', 'gzip'],
  ['identity', 'identity'],
  // What is wanted most must be known.
  ['br', 'identity'],
  ['br;q=1.0, gzip;q=0.8', 'identity'],
  ['gzip;q=0', 'identity'],
  ['identity, gzip;q=0.5', 'identity'],
  // Browsers.
  ['gzip, deflate, br, zstd', 'gzip'],
  ['GZIP ; Q=1', 'gzip'],
  ['gzip;q=much', 'identity'],
])('%j gets %s', (header, coding) => {
  expect(codingFor(header)).toBe(coding);
});

/** An answer of so many bytes, as it is sent. */
const ask = async (port: number, bytes: number, acceptEncoding?: string) => {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { headers: acceptEncoding ? { 'Accept-Encoding': acceptEncoding } : {} };
    get(`http://127.0.0.1:${port}/open/${bytes}`, options, resolve).on('error', reject);
  });
  return { headers: response.headers, body: await buffer(response) };
};

const Echo = `
  const body = 'é'.repeat(Number(event.pathParameters.kind) / 2);
  return { statusCode: 200, body };`;

it('compresses answers of as many bytes as the template says, and more', async () => {
  const { port } = await serve({ Echo }, { minimumCompression: 100 });
  const long = await ask(port, 100, 'gzip');
  expect(long.headers['content-encoding']).toBe('gzip');
  expect(long.headers['content-length']).toBe(String(long.body.length));
  expect(gunzipSync(long.body).toString()).toBe('é'.repeat(50));
  expect(inflateSync((await ask(port, 100, 'deflate')).body).length).toBe(100);
  for (const plain of [await ask(port, 98, 'gzip'), await ask(port, 100)]) {
    expect(plain.headers).not.toHaveProperty('content-encoding');
    expect(plain.body.toString()).toMatch(/^é+$/);
  }
});

it('compresses nothing twice', async () => {
  const source = `return { statusCode: 200, headers: { 'content-encoding': 'br' }, body: 'x'.repeat(200) }`;
  const { port } = await serve({ Echo: source }, { minimumCompression: 100 });
  const { headers, body } = await ask(port, 0, 'gzip');
  expect(headers['content-encoding']).toBe('br');
  expect(body.toString()).toBe('x'.repeat(200));
});

it('compresses nothing unless the template says so', async () => {
  const { port } = await serve({ Echo });
  const { headers, body } = await ask(port, 20_000, 'gzip');
  expect(headers).not.toHaveProperty('content-encoding');
  expect(body.length).toBe(20_000);
});
