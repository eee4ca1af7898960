import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/**
 * Bundles every function at once, each into `<returned folder>/<entry>/index.js`.
 *
 * CommonJS, since Node 24 starts it faster than ES modules; the SDK's ES build, since it is what can be
 * shaken; names and lines are kept readable, for stack traces.
 *
 * @param entries sources relative to `functions/`, without `.ts`
 */
export const bundle = (entries: readonly string[]): string => {
  const root = join(import.meta.dirname, '..');
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-'));
  buildSync({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(
      entries.map((entry) => [join(entry, 'index'), `functions/${entry}.ts`]),
    ),
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': './lib/table/credentials.ts' },
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'error',
  });
  // Said, and not left to whatever package.json lies above it, as on a laptop this project's own does.
  for (const entry of entries) {
    writeFileSync(join(folder, entry, 'package.json'), '{"type":"commonjs"}\n');
  }
  return folder;
};
