import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync, type Metafile } from 'esbuild';

export interface Bundles {
  /** Holds `<entry>/index.js` of each function. */
  folder: string;
  /** By entry, how many bytes of which package are in its bundle. */
  packages: Map<string, Record<string, number>>;
}

/** `…/node_modules/@aws-sdk/lib-dynamodb/dist-es/index.js` is of `@aws-sdk/lib-dynamodb`. */
const packageOf = (path: string): string | undefined =>
  /.*(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];

const packagesIn = ({ inputs }: Metafile['outputs'][string]): Record<string, number> => {
  const bytes: Record<string, number> = {};
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const name = packageOf(path);
    if (name && bytesInOutput > 0) bytes[name] = (bytes[name] ?? 0) + bytesInOutput;
  }
  return bytes;
};

/**
 * Bundles every function at once.
 *
 * CommonJS, since Node 24 starts it faster than ES modules; the SDK's ES build, since it is what can be
 * shaken; names and lines are kept readable, for stack traces.
 *
 * @param entries sources relative to `functions/`, without `.ts`
 */
export const bundle = (entries: readonly string[]): Bundles => {
  const root = join(import.meta.dirname, '..');
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-'));
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(
      entries.map((entry) => [join(entry, 'index'), `functions/${entry}.ts`]),
    ),
    outdir: folder,
    bundle: true,
    metafile: true,
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
  const packages = Object.values(metafile.outputs).map((output) => {
    const entry = output.entryPoint?.replace(/^functions\/(.*)\.ts$/, '$1') ?? '';
    return [entry, packagesIn(output)] as const;
  });
  return { folder, packages: new Map(packages) };
};
