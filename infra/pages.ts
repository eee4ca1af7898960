import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** A page in one piece, and what a browser may do with it. */
export interface Page {
  html: string;
  /** Of the header Content-Security-Policy. */
  policy: string;
}

/** What of a folder of `web/` is minified, as one text. */
const minified = (root: string, file: string): string => {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: [file],
    bundle: true,
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

/**
 * Makes one HTML text of a folder of `web/`: its markup, with script and style in it. The policy knows both by
 * their hashes, and lets nothing else run, load or be sent anywhere but to the host of the page.
 */
export const createPage = (name: string): Page => {
  const root = join(import.meta.dirname, '..');
  const folder = `web/${name}`;
  // So that nothing in them ends them: `<` needs no escape in CSS, and has one in strings of JavaScript.
  const script = minified(root, `${folder}/main.ts`).replaceAll('</script', '<\\/script');
  const style = minified(root, `${folder}/style.css`);
  const markup = readFileSync(join(root, folder, 'index.html'), 'utf8').replace(/>\s+</g, '><');
  const html = markup
    .replace('<!-- style -->', () => `<style>${style}</style>`)
    .replace('<!-- script -->', () => `<script type="module">${script}</script>`);
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  return { html, policy };
};
