// Bailiwick's local stack beside better-auth, through HTTP, each in a process of its own, and the floor under
// both. They take turns, several times over, so that the machine's moods meet all alike.
// SECONDS=1.5 is how long each is measured in each of ROUNDS=3 rounds.
// Needs `npm ci --ignore-scripts --prefix test/bench`.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, stderr, versions } from 'node:process';
import { writeResult } from '../stack.ts';
import { startBailiwick } from './bailiwick.ts';
import { startBetterAuth } from './better-auth.ts';
import { breakDown } from './breakdown.ts';
import { connect } from './connection.ts';
import { hashAndPut, oneGet } from './floors.ts';
import {
  type Figures,
  measureTask,
  overHttp,
  summarize,
  type Task,
  type Timed,
} from './measure.ts';
import { type OperationName, operations, type System } from './system.ts';

/** What else the machine did: above a half of its processors, figures are to be taken as ratios only. */
const [load = 0] = loadavg();
const seconds = Number(env.SECONDS ?? 1.5);
const rounds = Number(env.ROUNDS ?? 3);
const bcryptCost = 10;
const password = 's3cr3tP@sswOrd';
/** More than any of them deletes in a second. */
const deletedASecond = 600;

interface Row extends Figures {
  system: string;
  operation: string;
  connections: number;
  users: number;
}

/** One of those that take turns. */
interface Turn {
  system: string;
  operation: string;
  measure(): Promise<Timed>;
}

/** Users to be made and deleted are numbered through, over all systems. */
let made = 0;
const newName = () => `new-${made++}`;
const userName = (n: number) => `user-${n}`;

/** An operation of a system over HTTP. Each has users of its own to delete. */
const overHttpOf = (
  system: System,
  operation: OperationName,
  { connections, users }: { connections: number; users: number },
): Turn | undefined => {
  const make = system.operations[operation];
  if (!make) return undefined;
  const spare: string[] = [];
  const userFor: Partial<Record<OperationName, () => string | undefined>> = {
    'create user': newName,
    'delete user': () => spare.pop(),
  };
  const prepare = async () => {
    if (operation !== 'delete user') return;
    const wanted = Math.ceil((seconds + 1) * deletedASecond);
    const names = Array.from({ length: Math.max(0, wanted - spare.length) }, newName);
    await system.seed(names);
    spare.push(...names);
  };
  return {
    system: system.name,
    operation,
    measure: async () => {
      await prepare();
      const http = await overHttp(system.baseUrl, connections, (n) => {
        const user = userFor[operation] ? userFor[operation]() : userName(n % users);
        return user === undefined ? undefined : make(user, password);
      });
      const timed = await measureTask(connections, seconds, http.task);
      http.close();
      return timed;
    },
  };
};

const rows: Row[] = [];

/** Measures all in turn, and again. */
const takeTurns = async (
  all: (Turn | undefined)[],
  connections: number,
  users: number,
): Promise<void> => {
  const turns = all.filter((turn) => turn !== undefined);
  const measured = new Map<Turn, Timed[]>(turns.map((turn) => [turn, []]));
  for (let round = 0; round < rounds; round++) {
    for (const turn of turns) measured.get(turn)?.push(await turn.measure());
  }
  for (const [{ system, operation }, timed] of measured) {
    const row = { system, operation, connections, users, ...summarize(timed) };
    rows.push(row);
    stderr.write(`${Object.values(row).join('  ')}\n`);
  }
};

/** Throws unless a page of a hundred is one. */
const checkPage = async (system: System): Promise<void> => {
  const list = system.operations['list 100']?.('', '');
  if (!list) throw new Error(`${system.name} lists no users.`);
  const connection = await connect(system.baseUrl);
  const { body } = await connection.send(list.request);
  connection.close();
  const { size } = new Set(system.namesIn(body));
  if (size !== 100) throw new Error(`${system.name} lists ${size} users.`);
};

/** Compilers of both sides get to know the code: less would measure them. */
const warmUp = async (system: System): Promise<void> => {
  for (const operation of operations) {
    const isSlow = operation === 'create user' || operation === 'set password';
    const at = { connections: isSlow ? 1 : 10, users: 100 };
    for (let times = 0; times < (isSlow ? 1 : 2); times++) {
      await overHttpOf(system, operation, at)?.measure();
    }
  }
};

const versionOf = (name: string): string => {
  const main = createRequire(join(import.meta.dirname, '../package.json')).resolve(name);
  const root = main.slice(0, main.lastIndexOf(`node_modules/${name}/`));
  return JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
};

const folder = mkdtempSync(join(tmpdir(), 'bailiwick-compare-'));
const folders = { memory: join(folder, 'memory'), disk: join(folder, 'disk') };
for (const one of Object.values(folders)) mkdirSync(one);
const started: System[] = [];
const start = async <T extends System>(starting: Promise<T>): Promise<T> => {
  const system = await starting;
  started.push(system);
  return system;
};

let breakdown: object[] = [];
try {
  const ours = await start(startBailiwick(folders.memory, bcryptCost));
  const onDisk = await start(startBailiwick(folders.disk, bcryptCost, true));
  const theirs = await start(startBetterAuth(folder, bcryptCost));
  const theirsByScrypt = await start(startBetterAuth(folder, 0));
  const floor = (operation: string, connections: number, task: Task): Turn => ({
    ...{ system: 'floor', operation },
    measure: () => measureTask(connections, seconds, task),
  });

  let seeded = 0;
  for (const users of [1000, 10_000]) {
    const names = Array.from({ length: users - seeded }, (_, n) => userName(seeded + n));
    for (const system of [ours, theirs]) await system.seed(names);
    if (seeded === 0) for (const system of [onDisk, theirsByScrypt]) await system.seed(names);
    for (const system of [ours, theirs]) await checkPage(system);
    if (seeded === 0) for (const system of started) await warmUp(system);
    for (const connections of [1, 10]) {
      const at = { connections, users };
      for (const operation of operations) {
        const turns = [ours, theirs].map((system) => overHttpOf(system, operation, at));
        if (operation === 'who am I by API key') {
          turns.push(floor('one GetItem by the SDK', connections, oneGet(ours)));
        }
        if (operation === 'create user') {
          turns.push(
            floor('hash and one put', connections, hashAndPut(ours, password, bcryptCost)),
          );
        }
        const writes = ['create user', 'set password', 'delete user'].includes(operation);
        if (writes && seeded === 0) turns.push(overHttpOf(onDisk, operation, at));
        if (writes && operation !== 'delete user' && seeded === 0) {
          turns.push(overHttpOf(theirsByScrypt, operation, at));
        }
        await takeTurns(turns, connections, users);
      }
    }
    seeded = users;
  }
  breakdown = await breakDown(ours, folders.memory, userName(0), seconds);
} finally {
  await Promise.allSettled(started.map((system) => system.close()));
  rmSync(folder, { recursive: true, force: true });
}

writeResult('compare', {
  versions: {
    node: versions.node,
    'better-auth': versionOf('better-auth'),
    'better-sqlite3': versionOf('better-sqlite3'),
    bcryptjs: versionOf('bcryptjs'),
  },
  date: new Date().toISOString(),
  load_before: Number(load.toFixed(2)),
  rows,
  breakdown,
});
