// Makes the results of the benches readable: test/bench/results/README.md, from the JSON beside it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OverHttp } from './compare/breakdown.ts';
import type { Layer } from './compare/layers.ts';

const folder = join(import.meta.dirname, 'results');

type Row = Record<string, string | number | undefined>;

// biome-ignore lint/suspicious/noExplicitAny: figures as the benches wrote them
const read = (name: string): any => {
  const file = join(folder, `${name}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
};

const cell = (value: string | number | undefined): string =>
  typeof value === 'number' ? value.toLocaleString('en-US') : (value ?? '');

/** A Markdown table of rows that have the same members, named by them. */
const tableOf = (rows: readonly Row[]): string => {
  const titles = Object.keys(rows[0] ?? {});
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const isNumber = (title: string) => rows.every((row) => typeof row[title] !== 'string');
  return [
    line(titles),
    line(titles.map((title) => (isNumber(title) ? '---:' : '---'))),
    ...rows.map((row) => line(titles.map((title) => cell(row[title])))),
  ].join('\n');
};

/** One chapter: its figures' machine and date stand under its title. */
const chapter = (title: string, name: string, tell: (figures: never) => string[]): string[] => {
  const figures = read(name);
  if (!figures) return [];
  return [`## ${title}`, `\`${name}.json\`: ${figures.machine}`, ...tell(figures as never)];
};

interface Cost {
  operation: string;
  grants: number;
  users: number;
  requests: number;
  round_trips: number;
  read_units: number;
  write_units: number;
}

/** An operation's cost where all is small, and what it is at most at any number of grants and users. */
const costs = ({ results }: { results: Cost[] }): string[] => {
  const byOperation = Map.groupBy(results, ({ operation }) => operation);
  const range = (
    rows: readonly Cost[],
    what: 'requests' | 'round_trips' | 'read_units' | 'write_units',
  ) => {
    const values = rows.map((row) => row[what]);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return least === most ? cell(least) : `${cell(least)} to ${cell(most)}`;
  };
  return [
    'Counted at the table, for users of 1, 100 and 10,000 grants among 10, 1,000 and 100,000 users: one figure where it is the same for all. Units are what AWS charges for: strongly consistent and transactional reads and writes, the index and the audit event included. The authorizer comes on top, once in five minutes a token.',
    tableOf(
      [...byOperation].map(([operation, rows]) => ({
        operation,
        requests: range(rows, 'requests'),
        'round trips': range(rows, 'round_trips'),
        'read units': range(rows, 'read_units'),
        'write units': range(rows, 'write_units'),
      })),
    ),
  ];
};

interface Cpu {
  function: string;
  ms: number;
  cpu_ms: number;
  floors: {
    calls: string;
    ms: number;
    cpu_ms: number;
    throughput_ratio: number;
    cpu_ratio: number;
  }[];
}

const cpu = ({ results, bcrypt_cost }: { results: Cpu[]; bcrypt_cost: number }): string[] => [
  'Each shipped bundle invoked one event after the other, without the gateway, beside a function that only makes the calls named, by the document client with default settings.',
  tableOf(
    results.flatMap(({ floors, ...own }) =>
      floors.map((floor) => ({
        function: own.function,
        'beside a bare handler of': floor.calls,
        'CPU, ms': own.cpu_ms,
        'bare, ms': floor.cpu_ms,
        'CPU ratio': floor.cpu_ratio,
        'throughput ratio': floor.throughput_ratio,
      })),
    ),
  ),
  `The others, with passwords at cost ${bcrypt_cost}:`,
  tableOf(
    results
      .filter(({ floors }) => floors.length === 0)
      .map((own) => ({ function: own.function, 'CPU, ms': own.cpu_ms, 'time, ms': own.ms })),
  ),
];

interface Cold {
  function: string;
  bundle_bytes: number;
  default_bytes: number;
  sdk_bytes: number;
  node_ms: number;
  load_ms: number;
  first_answer_ms: number;
  default_first_answer_ms: number;
  sdk_first_answer_ms: number;
  default_ratio: number;
  sdk_ratio: number;
  bytes_of_packages: Record<string, number>;
}

const cold = ({ results }: { results: Cold[] }): string[] => {
  const all = results.find((one) => one.function === 'users/create')?.bytes_of_packages ?? {};
  return [
    "From the start of Node to the first answer, which asks the table. Beside it the same function bundled by esbuild with its defaults, and that with AWS's SDK in place of `lib/dynamodb`, all settings at theirs. Node itself is the first of the times, and the same for all.",
    tableOf(
      results.map((one) => ({
        function: one.function,
        KB: Math.round(one.bundle_bytes / 1024),
        'by defaults, KB': Math.round(one.default_bytes / 1024),
        'on the SDK, KB': Math.round(one.sdk_bytes / 1024),
        'Node, ms': one.node_ms,
        'load, ms': one.load_ms,
        'first answer, ms': one.first_answer_ms,
        'by defaults, ms': one.default_first_answer_ms,
        ratio: one.default_ratio,
        'on the SDK, ms': one.sdk_first_answer_ms,
        'ratio to it': one.sdk_ratio,
      })),
    ),
    'What each dependency costs, in bytes of the bundle of `users/create`:',
    tableOf(
      Object.entries(all)
        .sort(([, a], [, b]) => b - a)
        .map(([name, bytes]) => ({ package: name, bytes })),
    ),
  ];
};

interface Powertools {
  results: { with: string; bundle_bytes: number; first_answer_ms: number; added_ms: number }[];
}

const powertools = ({ results }: Powertools): string[] => [
  'What AWS Lambda Powertools would add to `GET /users/me`, from the start of Node to the first answer: each part imported, made and used once, in the same bundle.',
  tableOf(
    results.map((one) => ({
      with: one.with,
      KB: Math.round(one.bundle_bytes / 1024),
      'first answer, ms': one.first_answer_ms,
      'added, ms': one.added_ms,
    })),
  ),
];

interface Growth {
  times: number;
  by_users: GrowthRow[];
  by_grants: GrowthRow[];
  whole_listing: Record<string, number>[];
}
interface GrowthRow {
  operation: string;
  users?: number;
  grants?: number;
  read_units: number;
  p50_ms: number;
}

const growth = ({ by_users, by_grants, whole_listing }: Growth): string[] => {
  const wide = (rows: readonly GrowthRow[], by: 'users' | 'grants') =>
    tableOf(
      [...Map.groupBy(rows, ({ operation }) => operation)].map(([operation, some]) => ({
        operation,
        ...Object.fromEntries(
          some.map((row) => [
            `${cell(row[by])} ${by}`,
            `${row.p50_ms} ms, ${cell(row.read_units)} RU`,
          ]),
        ),
      })),
    );
  return [
    'Median over HTTP on the local stack, and read units. `GET /users/me` tells all grants, so it grows with them; so do listings with what they list.',
    '![Latency by number of users](growth-users.svg)',
    wide(by_users, 'users'),
    '![Latency by number of grants](growth-grants.svg)',
    wide(by_grants, 'grants'),
    '`GET /users` whole, with every page that its `Link` leads to:',
    tableOf(whole_listing),
  ];
};

interface Memory {
  results: { function: string; held: { invocations: number; heap_mb: number; rss_mb: number }[] }[];
}

const memory = ({ results }: Memory): string[] => [
  'Of a function in a process of its own, after garbage collection:',
  '![Memory by invocations](memory.svg)',
  tableOf(
    results.map(({ function: name, held }) => ({
      function: name,
      invocations: held.at(-1)?.invocations,
      'heap at first, MB': held[0]?.heap_mb,
      'heap at last, MB': held.at(-1)?.heap_mb,
      'RSS at first, MB': held[0]?.rss_mb,
      'RSS at last, MB': held.at(-1)?.rss_mb,
    })),
  ),
];

interface Compared {
  rows: {
    system: string;
    operation: string;
    connections: number;
    users: number;
    per_second: number;
    p50_ms: number;
    p99_ms: number;
  }[];
  breakdown: (Layer | OverHttp)[];
}

const layers = (breakdown: Compared['breakdown']): string[] => [
  "Where it is behind, the laptop's table is why: DynamoDB Local is a process of its own, which a list asks five times and a deletion seven, for what is left and the audit event too, while SQLite is a library in better-auth's. And each call goes through two threads, as each function has its own. A user is made, and a password set, by a hash and three round trips (authorizer, decision, write with its audit event) where the floor has a hash and one: some 10 ms more, a tenth of this hash and a fortieth of one at the cost of deployment. Layer upon layer, each with all below it:",
  tableOf(
    breakdown.map(({ operation, connections, layer, per_second, p50_ms }) => ({
      operation,
      connections,
      'as far as': layer,
      'per second': per_second,
      'p50, ms': p50_ms,
    })),
  ),
  'Processor time of a call by HTTP, in ms:',
  tableOf(
    breakdown
      .filter((one) => 'gateway_ms' in one)
      .map((whole) => ({
        operation: whole.operation,
        connections: whole.connections,
        gateway: whole.gateway_ms,
        functions: whole.functions_ms,
        'garbage and compiling': whole.v8_ms,
        'DynamoDB Local': whole.dynamodb_local_ms,
      })),
  ),
];

const compare = ({ rows, breakdown }: Compared): string[] => {
  const largest = Math.max(...rows.map(({ users }) => users));
  return [
    'Through HTTP, each in a process of its own, in turn; a password costs the same in both.',
    '![Requests per second beside better-auth](compare.svg)',
    ...[1, 10].flatMap((connections) => [
      `At ${connections} connection${connections > 1 ? 's' : ''} and ${cell(largest)} users:`,
      tableOf(
        rows
          .filter((row) => row.connections === connections && row.users === largest)
          .map(({ operation, system, per_second, p50_ms, p99_ms }) => ({
            operation,
            system,
            'per second': per_second,
            'p50, ms': p50_ms,
            'p99, ms': p99_ms,
          })),
      ),
    ]),
    ...layers(breakdown),
  ];
};

const chapters = [
  ...chapter('What each operation costs at the table', 'cost', costs),
  ...chapter('Processor time', 'cpu', cpu),
  ...chapter('Cold start', 'cold-start', cold),
  ...chapter('Powertools', 'powertools', powertools),
  ...chapter('Beside better-auth', 'compare', compare),
  ...chapter('Growth', 'growth', growth),
  ...chapter('Memory', 'memory', memory),
];
const head = [
  '# Figures',
  'Made by `npm run bench`: do not edit. Machines differ and have moods: ratios were measured side by side in one run, and counts are exact (`test/rules/budgets.test.ts` holds them).',
];
const prices = [
  '## Prices',
  'What each operation costs in dollars, and a month of three made-up teams: [price.md](price.md).',
];

/** The page of the results as their JSON has them. */
export const page = `${[...head, ...chapters, ...prices].join('\n\n')}\n`;

if (import.meta.main) writeFileSync(join(folder, 'README.md'), page);
