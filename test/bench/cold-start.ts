// From the start of Node to the first answer of each function, beside the same function bundled by esbuild's
// defaults; and what of which package is in each bundle. All take turns in one run.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, stdout } from 'node:process';
import { buildSync } from 'esbuild';
import { bundle } from '../../infra/bundle.ts';
import { answerFirst, type First } from './first.ts';
import { entries, prepare } from './functions.ts';
import { quantile, startBench, writeResult } from './stack.ts';

const rounds = Number(env.ROUNDS ?? 15);

const bench = await startBench();
// A login at the cost of deployment would hide all else.
const childEnv = { ...(await prepare(bench, 2 * (rounds + 1))), BCRYPT_COST: '4' };

const chosen = entries.filter((entry) => !env.ONLY || env.ONLY.split(',').includes(entry));
const shipped = bundle(chosen);
const defaults = mkdtempSync(join(tmpdir(), 'bailiwick-defaults-'));
buildSync({
  absWorkingDir: join(import.meta.dirname, '../..'),
  entryPoints: Object.fromEntries(
    chosen.map((entry) => [join(entry, 'index'), `functions/${entry}.ts`]),
  ),
  outdir: defaults,
  bundle: true,
  platform: 'node',
  logLevel: 'error',
});

const measured = chosen.map((entry) => ({
  entry,
  bundles: [shipped.folder, defaults].map((folder) => join(folder, entry, 'index.js')),
  times: [[], []] as First[][],
}));
for (let round = 0; round <= rounds; round++) {
  for (const { entry, bundles, times } of measured) {
    for (const [which, file] of bundles.entries()) {
      const time = await answerFirst(childEnv, file, entry, 2 * round + which);
      // The first round brings the files into the machine's cache.
      if (round > 0) times[which]?.push(time);
    }
  }
}

const results = measured.map(({ entry, bundles, times: [own = [], plain = []] }) => ({
  function: entry,
  bundle_bytes: statSync(bundles[0] ?? '').size,
  default_bytes: statSync(bundles[1] ?? '').size,
  node_ms: quantile(
    own.map(({ loading }) => loading),
    0.5,
  ),
  load_ms: quantile(
    own.map(({ loading, loaded }) => loaded - loading),
    0.5,
  ),
  first_answer_ms: quantile(
    own.map(({ answered }) => answered),
    0.5,
  ),
  default_first_answer_ms: quantile(
    plain.map(({ answered }) => answered),
    0.5,
  ),
  ratio: quantile(
    own.map(({ answered }, n) => answered / (plain[n]?.answered ?? Number.NaN)),
    0.5,
  ),
  bytes_of_packages: shipped.packages.get(entry),
}));
await bench.close();
for (const folder of [shipped.folder, defaults]) rmSync(folder, { recursive: true });
const figures = { rounds, results };
stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
if (!env.ONLY) writeResult('cold-start', figures);
