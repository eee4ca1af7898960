import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { readRedoc } from './redoc.ts';

/** A page in one piece, and what a browser may do with it. */
export interface Page {
  html: string;
  /** Of the header Content-Security-Policy. */
  policy: string;
}

/** What of a folder of `web/` is minified, as one text. */
const minified = (root: string, file: string, constants: Record<string, string> = {}): string => {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: [file],
    bundle: true,
    define: Object.fromEntries(
      Object.entries(constants).map(([name, text]) => [name, JSON.stringify(text)]),
    ),
    write: false,
    minify: true,
    format: 'iife',
    // The oldest browsers that know light-dark(), of 2024.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'error',
  });
  return (outputFiles[0]?.text ?? '').trim();
};

const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** What a page may besides its own script and style. */
interface Allowance {
  /** Constants of its script. */
  constants?: Record<string, string>;
  scripts?: string[];
  styles?: string[];
  /** Directives that lock the ways from text to code, where the page needs none. */
  trustedTypes?: string[];
}

/**
 * Makes one HTML text of a folder of `web/`: its markup, with script and style in it. The policy knows both by
 * their hashes, and lets nothing else run, load or be sent anywhere but to the host of the page.
 */
const createPage = (
  name: string,
  { constants = {}, scripts = [], styles = [], trustedTypes = [] }: Allowance,
): Page => {
  const root = join(import.meta.dirname, '..');
  const folder = `web/${name}`;
  // So that nothing in them ends them: `<` needs no escape in CSS, and has one in strings of JavaScript.
  const script = minified(root, `${folder}/main.ts`, constants).replaceAll(
    '</script',
    '<\\/script',
  );
  const style = minified(root, `${folder}/style.css`);
  const markup = readFileSync(join(root, folder, 'index.html'), 'utf8').replace(/>\s+</g, '><');
  const html = markup
    .replace('<!-- style -->', () => `<style>${style}</style>`)
    .replace('<!-- script -->', () => `<script type="module">${script}</script>`);
  const policy = [
    "default-src 'none'",
    ['script-src', hashOf(script), ...scripts].join(' '),
    ['style-src', hashOf(style), ...styles].join(' '),
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    ...trustedTypes,
  ].join('; ');
  return { html, policy };
};

export const createConsole = (): Page =>
  createPage('console', {
    trustedTypes: ["require-trusted-types-for 'script'", "trusted-types 'none'"],
  });

/** The reference. It gets its library from the same host, and the library writes markup, so that types stay plain. */
export const createDocs = (): Page => {
  const { name, integrity } = readRedoc();
  return createPage('docs', {
    constants: { redocName: name, redocIntegrity: integrity },
    scripts: ["'self'"],
    // An element that is empty, which the library then adds its rules to by script.
    styles: [hashOf('')],
  });
};
