import { createHash } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { describe, expect, inject, it } from 'vitest';
import { createDocs } from '../../infra/pages.ts';
import { readRedoc } from '../../infra/redoc.ts';

const { baseUrl } = inject('target');
const page = await fetch(`${baseUrl}/docs`);
const html = await page.text();
const { script, name, integrity } = readRedoc();

const between = (tag: string): string =>
  new RegExp(`<${tag}[^>]*>(.*?)</${tag}>`, 's').exec(html)?.[1] ?? '';
const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('GET /docs', () => {
  it('answers a page without a token, with the headers of every answer', () => {
    expect(page.status).toBe(200);
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    });
  });

  it('allows its own script and style by their hashes, the library from its host, and nothing else', () => {
    expect(page.headers.get('content-security-policy')?.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hashOf(between('script'))} 'self'`,
      `style-src ${hashOf(between('style'))} ${hashOf('')}`,
      "connect-src 'self'",
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
  });

  it('is small, and the same whenever it is made', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(16 * 1024);
    expect(html).toContain(integrity);
    expect(createDocs()).toEqual(createDocs());
  });
});

describe('GET /docs/{file}', () => {
  const ask = async (file: string) => {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = { headers: { 'Accept-Encoding': 'gzip, deflate, br' } };
      get(`${baseUrl}/docs/${file}`, options, resolve).on('error', reject);
    });
    return { ...response, headers: response.headers, body: await buffer(response) };
  };

  it('is the library, compressed, for a browser to keep', async () => {
    const { headers, body } = await ask(name);
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'content-encoding': 'gzip',
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
    expect(body.length).toBeLessThan(360 * 1024);
    expect(gunzipSync(body).toString()).toBe(script);
  });

  it('has the name of what is in it, and the notices that its licences ask for', () => {
    expect(integrity).toBe(`sha384-${createHash('sha384').update(script).digest('base64')}`);
    const notices = script.slice(0, script.indexOf('*/'));
    for (const text of ['The MIT License', 'Rebilly, Inc.', 'react-dom', 'DOMPurify']) {
      expect(notices).toContain(text);
    }
  });

  it('fetches no part of itself from its makers', () => {
    expect(script).not.toMatch(/cdn\.redoc|fonts\.g/);
  });

  it.each(['redoc-0000000000000000.js', 'index.js', '%2e%2e%2findex.js', '%zz'])(
    'of another name, %s, there is nothing, and no browser keeps that',
    async (other) => {
      const answer = await fetch(`${baseUrl}/docs/${other}`);
      expect([400, 404]).toContain(answer.status);
      expect(await answer.json()).toEqual({ error: expect.stringMatching(/\.$/) });
      expect(answer.headers.get('cache-control')).toBe('no-store');
    },
  );
});
