// From the start of Node to the first answer of each function: as it ships, beside the same function bundled by
// esbuild's defaults, and beside that on AWS's SDK; and what of which package is in each bundle. All take turns.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { env, stdout } from 'node:process';
import { build, type Plugin } from 'esbuild';
import { bundle } from '../../infra/bundle.ts';
import { answerFirst, type First } from './first.ts';
import { entries, prepare } from './functions.ts';
import { quantile, startBench, writeResult } from './stack.ts';

const rounds = Number(env.ROUNDS ?? 15);

const bench = await startBench();
// A password at the cost of deployment would hide all else.
const childEnv = await prepare(bench, 3 * (rounds + 1), 4);

const chosen = entries.filter((entry) => !env.ONLY || env.ONLY.split(',').includes(entry));
const shipped = bundle(chosen);

/** Puts what stands in for a client and values of our own into a bundle. */
const onSdk: Plugin = {
  name: 'on-sdk',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/dynamodb\/(client|values)\.ts$/ }, ({ path }) => ({
      path: join(import.meta.dirname, 'sdk', basename(path)),
    }));
  },
};
const bundleByDefaults = async (plugins: Plugin[]): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-defaults-'));
  await build({
    absWorkingDir: join(import.meta.dirname, '../..'),
    entryPoints: Object.fromEntries(
      chosen.map((entry) => [join(entry, 'index'), `functions/${entry}.ts`]),
    ),
    outdir: folder,
    bundle: true,
    platform: 'node',
    logLevel: 'error',
    plugins,
  });
  return folder;
};
const folders = [shipped.folder, await bundleByDefaults([]), await bundleByDefaults([onSdk])];

const measured = chosen.map((entry) => ({
  entry,
  bundles: folders.map((folder) => join(folder, entry, 'index.js')),
  times: folders.map((): First[] => []),
}));
for (let round = 0; round <= rounds; round++) {
  for (const { entry, bundles, times } of measured) {
    for (const [which, file] of bundles.entries()) {
      const time = await answerFirst(childEnv, file, entry, 3 * round + which);
      // The first round brings the files into the machine's cache.
      if (round > 0) times[which]?.push(time);
    }
  }
}

const median = (values: readonly number[]): number => quantile(values, 0.5);
const results = measured.map(({ entry, bundles, times }) => {
  const [bytes, default_bytes, sdk_bytes] = bundles.map((file) => statSync(file).size);
  const [own = [], byDefaults = [], bySdk = []] = times;
  const besideOwn = (others: readonly First[]): number =>
    median(own.map(({ answered }, n) => answered / (others[n]?.answered ?? Number.NaN)));
  return {
    function: entry,
    ...{ bundle_bytes: bytes, default_bytes, sdk_bytes },
    node_ms: median(own.map(({ loading }) => loading)),
    load_ms: median(own.map(({ loading, loaded }) => loaded - loading)),
    first_answer_ms: median(own.map(({ answered }) => answered)),
    default_first_answer_ms: median(byDefaults.map(({ answered }) => answered)),
    sdk_first_answer_ms: median(bySdk.map(({ answered }) => answered)),
    default_ratio: besideOwn(byDefaults),
    sdk_ratio: besideOwn(bySdk),
    bytes_of_packages: shipped.packages.get(entry),
  };
});
await bench.close();
for (const folder of folders) rmSync(folder, { recursive: true });
const figures = { rounds, results };
stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
if (!env.ONLY) writeResult('cold-start', figures);
