import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { buildSync, type Metafile } from 'esbuild';
import { createConsole, createDocs } from './pages.ts';
import { readRedoc } from './redoc.ts';

export interface Bundles {
  /** Holds `<entry>/index.js` of each function. */
  folder: string;
  /** By entry, how many bytes of which package are in its bundle, or beside it. */
  packages: Map<string, Record<string, number>>;
}

/** `…/node_modules/@middy/core/index.js` is of `@middy/core`. */
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

/** Names the sources in a map by where they lie in the project, not by where that is on this machine. */
const nameSourcesFrom = (root: string, file: string): void => {
  const map = JSON.parse(readFileSync(file, 'utf8'));
  const sources = map.sources.map((source: string) =>
    relative(root, resolve(dirname(file), source)).replaceAll('\\', '/'),
  );
  writeFileSync(file, JSON.stringify({ ...map, sources }));
};

/** What functions leave open, by entry. */
const constants: Record<string, () => Record<string, string>> = {
  console: () => {
    const { html, policy } = createConsole();
    return { consoleHtml: html, consolePolicy: policy };
  },
  'docs/page': () => {
    const { html, policy } = createDocs();
    return { docsHtml: html, docsPolicy: policy };
  },
  'docs/script': () => ({ docsScript: readRedoc().name }),
};

const constantsOf = (entries: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    entries
      .flatMap((entry) => Object.entries(constants[entry]?.() ?? {}))
      .map(([name, text]) => [name, JSON.stringify(text)]),
  );

/**
 * Bundles every function at once.
 *
 * CommonJS, since Node 24 starts it faster than ES modules; of the packages their ES builds, since those can be
 * shaken; a map beside it, for stack traces (lib/stack.ts).
 *
 * @param entries sources relative to `sources`, without `.ts`
 */
export const bundle = (entries: readonly string[], sources = 'functions'): Bundles => {
  const root = join(import.meta.dirname, '..');
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-'));
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(
      entries.map((entry) => [join(entry, 'index'), `${sources}/${entry}.ts`]),
    ),
    outdir: folder,
    bundle: true,
    metafile: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    define: constantsOf(entries),
    minify: true,
    // Node starts an `import()` of its own modules ten times as slowly as a `require`.
    supported: { 'dynamic-import': false },
    sourcemap: 'external',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'error',
  });
  // Said, and not left to whatever package.json lies above it, as on a laptop this project's own does.
  for (const entry of entries) {
    writeFileSync(join(folder, entry, 'package.json'), '{"type":"commonjs"}\n');
    nameSourcesFrom(root, join(folder, entry, 'index.js.map'));
  }
  const outputs = Object.values(metafile.outputs).filter(({ entryPoint }) => entryPoint);
  const packages = outputs.map((output) => {
    const entry = output.entryPoint?.slice(sources.length + 1, -'.ts'.length) ?? '';
    return [entry, packagesIn(output)] as const;
  });
  const contained = new Map(packages);
  if (entries.includes('docs/script')) {
    const { script } = readRedoc();
    writeFileSync(join(folder, 'docs/script/redoc.js'), script);
    contained.set('docs/script', { ...contained.get('docs/script'), redoc: script.length });
  }
  return { folder, packages: contained };
};
