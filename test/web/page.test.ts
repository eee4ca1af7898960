import { createHash } from 'node:crypto';
import { buildSync } from 'esbuild';
import { describe, expect, inject, it } from 'vitest';
import { createConsole } from '../../infra/pages.ts';

const response = await fetch(`${inject('target').baseUrl}/console`);
const html = await response.text();

const between = (tag: string): string[] =>
  Array.from(
    html.matchAll(new RegExp(`<${tag}[^>]*>(.*?)</${tag}>`, 'gs')),
    ([, text = '']) => text,
  );
const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const directives = Object.fromEntries(
  (response.headers.get('content-security-policy') ?? '').split('; ').map((directive) => {
    const [name = '', ...sources] = directive.split(' ');
    return [name, sources.join(' ')];
  }),
);

describe('GET /console', () => {
  it('answers a page without a token, with the headers of every answer', () => {
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'strict-transport-security': expect.stringContaining('max-age='),
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'x-request-id': expect.stringMatching(/./),
    });
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it('allows its own script and style by their hashes, and nothing else', () => {
    const [scripts, styles] = [between('script'), between('style')];
    expect({ scripts: scripts.length, styles: styles.length }).toEqual({ scripts: 1, styles: 1 });
    expect(directives).toEqual({
      'default-src': "'none'",
      'script-src': scripts.map(hashOf).join(' '),
      'style-src': styles.map(hashOf).join(' '),
      'connect-src': "'self'",
      'img-src': 'data:',
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': "'none'",
    });
  });

  it('is one small piece', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(40 * 1024);
    // Names of XML are no addresses.
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\//);
    expect(html).not.toMatch(/ (?:src|style|on\w+)=/);
  });

  it('is made of the client and the rules of permissions and names, and of nothing else of lib', () => {
    const entryPoints = ['web/console/main.ts'];
    const { metafile } = buildSync({ entryPoints, bundle: true, metafile: true, write: false });
    const isAllowed = /^(web\/console|lib\/client)\//;
    expect(Object.keys(metafile.inputs).filter((file) => !isAllowed.test(file))).toEqual([
      'lib/access.ts',
      'lib/fold-name.ts',
    ]);
  });

  it('has nothing that would end its script early', () => {
    expect(between('script')[0]).not.toMatch(/<!--|<script|<\/script/i);
  });

  it('is the same whenever it is made', () => {
    expect(createConsole()).toEqual(createConsole());
  });
});
