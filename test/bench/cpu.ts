// Processor time and throughput of each shipped bundle, invoked without the gateway, beside a function that
// does nothing but the same calls of the SDK. All take turns in one run, so that the machine's moods meet
// all alike.
import { fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { env, stdout } from 'node:process';
import { bundle } from '../../infra/bundle.ts';
import { grantKey, shardKey, tokenKey, userKey, userShards } from '../../lib/table/keys.ts';
import type { BareCall } from './bare.ts';
import { bcryptCost, entries, invocableOf, key, prepare } from './functions.ts';
import type { Invocation, Spent } from './invoked.ts';
import { quantile, startBench, writeResult } from './stack.ts';

const rounds = Number(env.ROUNDS ?? 15);
/** Invocations a round, and before the first, as the optimizing compiler needs some thousand of them. */
const compared = { warmUp: 2000, perRound: 200 };
const read = { warmUp: 500, perRound: 30 };
/** Writes use up what is in the table, and hashes take their time. */
const few = { warmUp: 10, perRound: 5 };

const bench = await startBench();
const childEnv = await prepare(bench, few.warmUp + rounds * few.perRound);

/** The calls that a function has to make, for those that are compared; and the least that any makes. */
const getItem = { calls: 'one GetItem', rounds: [[{ get: userKey('holder') }]] };
const page: BareCall[] = Array.from({ length: userShards }, (_, shard) => ({
  query: {
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :shard',
    ExpressionAttributeValues: { ':shard': shardKey(shard) },
    Limit: 34,
  },
}));
const floors: Record<string, { calls: string; rounds: BareCall[][] }[]> = {
  'users/me': [getItem],
  'authzen/evaluation': [
    getItem,
    {
      calls: 'one BatchGetItem of six',
      rounds: [
        [
          {
            each: [
              ...[userKey('boss'), grantKey('boss', '*'), grantKey('boss', 'holder')],
              ...[userKey('holder'), grantKey('holder', '*'), grantKey('holder', 'orders')],
            ],
          },
        ],
      ],
    },
  ],
  authorizer: [
    {
      calls: 'one BatchGetItem of two',
      rounds: [[{ each: [userKey('bench'), tokenKey('bench', key.tokenId)] }]],
    },
  ],
  'users/list': [
    {
      calls: 'one BatchGetItem, then a Query a shard',
      rounds: [[{ each: [userKey('boss'), grantKey('boss', '*')] }], page],
    },
  ],
};

const shipped = bundle(entries);
const bare = bundle(['bare'], 'test/bench');

/** A process of its own for one bundle; runs it so often and says what that took, each time. */
const start = (invocation: Invocation) => {
  const child = fork(join(import.meta.dirname, 'invoked.ts'), [JSON.stringify(invocation)], {
    env: childEnv,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const all: Spent[] = [];
  return {
    all,
    run: async (times: number) => {
      const spent = await new Promise<Spent>((resolve, reject) => {
        child.once('message', (answer) => resolve(answer as Spent));
        child.once('exit', () => reject(new Error(`${invocation.bundle} ended.`)));
        child.send(times);
      });
      child.removeAllListeners('exit');
      all.push({ ms: spent.ms / times, cpuMs: spent.cpuMs / times });
    },
    end: () => child.kill(),
  };
};

const running = entries
  .filter((entry) => !env.ONLY || env.ONLY.split(',').includes(entry))
  .map((entry) => {
    const { event, status, few: isFew } = invocableOf(entry);
    return {
      entry,
      times: isFew ? few : floors[entry] ? compared : read,
      own: start({
        bundle: join(shipped.folder, entry, 'index.js'),
        event: JSON.stringify(event),
        status,
      }),
      under: (floors[entry] ?? []).map(({ calls, rounds }) => ({
        calls,
        ...start({
          bundle: join(bare.folder, 'bare/index.js'),
          event: JSON.stringify({ rounds }),
          status: 200,
        }),
      })),
    };
  });

for (const { times, own, under } of running) {
  for (const one of [own, ...under]) {
    await one.run(times.warmUp);
    one.all.length = 0;
  }
}
for (let round = 0; round < rounds; round++) {
  for (const { times, own, under } of running) {
    for (const one of [own, ...under]) await one.run(times.perRound);
  }
}

const median = (spent: readonly Spent[], what: keyof Spent): number =>
  quantile(
    spent.map((one) => one[what]),
    0.5,
  );
/** The median of the ratios of each round. */
const ratio = (a: readonly Spent[], b: readonly Spent[], what: keyof Spent): number =>
  quantile(
    a.map((one, n) => one[what] / (b[n]?.[what] ?? Number.NaN)),
    0.5,
  );
const results = running.map(({ entry, own, under }) => ({
  function: entry,
  ms: median(own.all, 'ms'),
  cpu_ms: median(own.all, 'cpuMs'),
  floors: under.map(({ calls, all }) => ({
    calls,
    ms: median(all, 'ms'),
    cpu_ms: median(all, 'cpuMs'),
    throughput_ratio: ratio(all, own.all, 'ms'),
    cpu_ratio: ratio(own.all, all, 'cpuMs'),
  })),
}));
for (const { own, under } of running) for (const one of [own, ...under]) one.end();
await bench.close();
for (const { folder } of [shipped, bare]) rmSync(folder, { recursive: true });

const figures = { rounds, bcrypt_cost: bcryptCost, results };
stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
if (!env.ONLY) writeResult('cpu', figures);
