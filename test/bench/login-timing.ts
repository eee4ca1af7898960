// Whether the time of a failed login tells if its user exists, or how its password was hashed: tries in turn
// against users there are, users with a hash of a lower cost, users that came with one of argon2id, and names that
// nobody has, over HTTP on a local stack of its own. STAGE=prod keeps failures back as a deployed stage does.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, stdout } from 'node:process';
import { startLocal } from '../../infra/local/stack.ts';
import { stageOf } from '../../infra/stages.ts';
import { machine, quantile } from './stack.ts';

const tries = Number(env.TRIES ?? 200);
const stage = env.STAGE ?? 'dev';
const cost = Number(env.BCRYPT_COST ?? (env.STAGE ? stageOf(stage).bcryptCost : 10));
const password = 's3cr3tP@sswOrd';
/** As dear as may be imported: m of 64 MiB, t of 4. */
const argon2id =
  '$argon2id$v=19$m=65536,t=4,p=1$a8OjT/E43WtRWacS54FiXw$YJgaExslYr6FSBqgxO/ye5xhwN3bpSi93NL1Oh5lVwM';

const folder = mkdtempSync(join(tmpdir(), 'bailiwick-bench-'));
const start = (bcryptCost: number) =>
  startLocal({
    port: 0,
    dataDir: folder,
    inMemory: false,
    stage,
    bcryptCost: String(bcryptCost),
  });

/** Creates users with hashes of one cost, that of a stack which ran before; or with what is sent instead. */
const createAll = async (prefix: string, bcryptCost: number, body: object = { password }) => {
  const stack = await start(bcryptCost);
  for (let n = 0; n < tries; n++) {
    const { status } = await fetch(`${stack.baseUrl}/api/v1/users/${prefix}-${n}`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${stack.admin.token}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    if (status !== 201) throw new Error(`A user was not created: ${status}`);
  }
  await stack.close();
};
await createAll('cheaper', cost - 2);
await createAll('known', cost);
await createAll('imported', cost, { password_hash: Buffer.from(argon2id).toString('base64') });

const stack = await start(cost);
const times: Record<string, number[]> = {
  known: [],
  cheaper: [],
  imported: [],
  unknown: [],
};
const failLogin = async (username: string): Promise<number> => {
  const started = performance.now();
  const response = await fetch(`${stack.baseUrl}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username, password: 'notTheP@sswOrd' }),
  });
  await response.arrayBuffer();
  if (response.status !== 401) throw new Error(`The login answered ${response.status}.`);
  return performance.now() - started;
};
for (let n = 0; n < 10; n++) await failLogin(`warm-up-${n}`);
// One try a user, so that no back-off comes in; in turn, so that the machine's moods meet all alike.
for (let n = 0; n < tries; n++) {
  for (const kind of Object.keys(times)) times[kind]?.push(await failLogin(`${kind}-${n}`));
}
await stack.close();
rmSync(folder, { recursive: true });

const quantiles = (values: readonly number[]) =>
  Object.fromEntries(
    [0.05, 0.25, 0.5, 0.75, 0.95].map((share) => [
      `p${String(share * 100).padStart(2, '0')}`,
      quantile(values, share),
    ]),
  );

/** How often a value of `a` is beyond one of `b`: 0.5 when nothing can be told (Mann and Whitney's U). */
const beyond = (a: readonly number[], b: readonly number[]): number => {
  const wins = a.reduce(
    (sum, x) => sum + b.reduce((won, y) => won + (x > y ? 1 : x === y ? 0.5 : 0), 0),
    0,
  );
  return Number((wins / (a.length * b.length)).toFixed(3));
};
const { known = [], cheaper = [], imported = [], unknown = [] } = times;
/** Where 95 of 100 such figures lie if there is no difference at all. */
const chance = 1.96 * Math.sqrt((2 * tries + 1) / (12 * tries * tries));
const results = {
  machine: machine(),
  stage,
  tries,
  cost,
  milliseconds: {
    known: quantiles(known),
    cheaper: quantiles(cheaper),
    imported: quantiles(imported),
    unknown: quantiles(unknown),
  },
  known_slower_than_unknown: beyond(known, unknown),
  cheaper_slower_than_unknown: beyond(cheaper, unknown),
  imported_slower_than_unknown: beyond(imported, unknown),
  by_chance_within: [Number((0.5 - chance).toFixed(3)), Number((0.5 + chance).toFixed(3))],
};
stdout.write(`${JSON.stringify(results, null, 2)}\n`);
