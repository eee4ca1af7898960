// What each part of AWS Lambda Powertools would add to a bundle and to the first answer of GET /users/me. All take
// turns in one run.
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { env, stdout } from 'node:process';
import { bundle } from '../../infra/bundle.ts';
import { answerFirst } from './first.ts';
import { prepare } from './functions.ts';
import { quantile, startBench, writeResult } from './stack.ts';

const rounds = Number(env.ROUNDS ?? 25);
const parts = ['none', 'logger', 'metrics', 'tracer', 'all'];

const bench = await startBench();
const childEnv = await prepare(bench, 0);
const { folder } = bundle(parts, 'test/bench/powertools');
const files = parts.map((part) => join(folder, part, 'index.js'));

const times = parts.map((): number[] => []);
for (let round = 0; round <= rounds; round++) {
  for (const [which, file] of files.entries()) {
    const { answered } = await answerFirst(childEnv, file, 'users/me', round);
    // The first round brings the files into the machine's cache.
    if (round > 0) times[which]?.push(answered);
  }
}
const results = parts.map((part, which) => ({
  with: part,
  bundle_bytes: statSync(files[which] ?? '').size,
  first_answer_ms: quantile(times[which] ?? [], 0.5),
  added_ms: quantile(times[which]?.map((time, n) => time - (times[0]?.[n] ?? 0)) ?? [], 0.5),
}));
await bench.close();
rmSync(folder, { recursive: true });
const figures = { rounds, results };
stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
writeResult('powertools', figures);
