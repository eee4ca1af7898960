// Dollars a million of each operation, and a month's bill of three made-up teams, from AWS's list prices, from
// requests to the table (results/cost.json) and from processor time (results/cpu.json), both measured.
// Writes results/price.json and results/price.md.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stderr } from 'node:process';
import * as v from 'valibot';
import { accessLogFields } from '../../infra/access-logs.ts';
import { synthesize } from '../../infra/local/assembly.ts';
import { ofType, readTemplate } from '../../infra/local/template.ts';
import { authorizer, type FunctionSpec, routes } from '../../infra/routes.ts';
import { stageOf } from '../../infra/stages.ts';
import { assumed, type Price, prices, remarks, type Team, teams } from './prices.ts';

const gb = 2 ** 30;

/** Dollars for so many units of one month, of which the first `from` are not paid for. */
export const dollarsOf = ({ tiers }: Pick<Price, 'tiers'>, units: number, from = 0): number => {
  let start = 0;
  let sum = 0;
  for (const { dollars, upTo = Number.POSITIVE_INFINITY } of tiers) {
    sum += dollars * Math.max(0, Math.min(units, upTo) - Math.max(start, from));
    start = upTo;
  }
  return sum;
};

/** Waits that memory does not shorten, and processor time on a core of its own, of one call. */
interface Load {
  cpuMs: number;
  waitMs: number;
}

/** How much slower than on a whole core. Lambda gives a share of one in proportion to memory. */
const slowdown = (memoryMb: number) => Math.max(1, assumed.fullCoreMb / memoryMb);

const durationMs = ({ cpuMs, waitMs }: Load, memoryMb: number): number =>
  waitMs + cpuMs * slowdown(memoryMb);

/** GB-seconds that one call is billed: whole milliseconds, and its share of the starts. */
export const gbSecondsOf = (load: Load, memoryMb: number): number => {
  const start = assumed.startMs + assumed.firstCallCpuMs * slowdown(memoryMb);
  const ms = Math.ceil(durationMs(load, memoryMb)) + assumed.startShare * start;
  return (ms / 1000) * (memoryMb / 1024);
};

const memorySteps = [128, 256, 384, 512, 640, 768, 1024, 1280, 1536, assumed.fullCoreMb];
/** Most that less than a whole core may add: to a call about what the table takes, and to a sandbox's first call. */
const mostAddedMs = 5;
const mostAddedToFirstMs = 100;

/**
 * The cheapest memory at which the smaller share of a core is not felt. Processor time costs the same at any
 * memory up to a whole core, as it takes longer by as much as the memory is cheaper; waiting costs by memory.
 * So the least that is fast enough is the cheapest: what waits gets little, what only reckons a whole core.
 */
export const chooseMemory = (cpuMs: number, waitMs: number): number => {
  const load = { cpuMs, waitMs };
  const fits = memorySteps.filter((memoryMb) => {
    const added = slowdown(memoryMb) - 1;
    return (
      memoryMb >= assumed.leastMb &&
      cpuMs * added <= mostAddedMs &&
      assumed.firstCallCpuMs * added <= mostAddedToFirstMs
    );
  });
  return fits.reduce((best, step) =>
    gbSecondsOf(load, step) < gbSecondsOf(load, best) ? step : best,
  );
};

/** Units of a month, by price. */
type Usage = Partial<Record<keyof typeof prices, number>>;

const add = (...usages: readonly Usage[]): Usage => {
  const sum: Usage = {};
  for (const usage of usages) {
    for (const [name, units] of Object.entries(usage)) {
      const key = name as keyof Usage;
      sum[key] = (sum[key] ?? 0) + units;
    }
  }
  return sum;
};

const { logRetentionDays, auditRetentionDays } = stageOf('prod');

/** Logs as long as they are kept, once the first of them are given up again. */
const logsOf = (bytes: number): Usage => ({
  logs: bytes / gb,
  logStorage: (bytes / gb) * assumed.logCompression * (logRetentionDays / assumed.daysAMonth),
});

const itemsOf = (count: number, bytes: number, indexBytes?: number): Usage => {
  const stored = (count * (bytes + assumed.itemOverheadBytes)) / gb;
  const index = indexBytes ? (count * (indexBytes + assumed.itemOverheadBytes)) / gb : 0;
  return { tableStorage: stored + index, pointInTimeRecovery: stored };
};

/** A line of the access log, with values as long as they usually are. */
const accessLineBytes = JSON.stringify(
  Object.fromEntries(
    Object.keys(accessLogFields).map((name) => [
      name,
      /(request_id|resource_path)$/.test(name) ? '8286a188-ba32-4475-8077-530cd35c09a9' : '12345',
    ]),
  ),
).length;

/** A function, what one call of it takes, and the memory it has. */
interface Operation {
  spec: FunctionSpec;
  load: Load;
  readUnits: number;
  writeUnits: number;
  memoryMb: number;
  /** In which case it was measured. */
  measured?: string;
}

const isOpen = ({ spec }: Operation): boolean => 'open' in spec && spec.open !== undefined;

const callsOf = ({ load, readUnits, writeUnits, memoryMb }: Operation, calls: number): Usage => ({
  lambdaRequests: calls,
  lambdaGbSeconds: calls * gbSecondsOf(load, memoryMb),
  readUnits: calls * readUnits,
  writeUnits: calls * writeUnits,
});

/** What so many calls of the authorizer take; it writes no line of its own. */
const authorizerOf = (checker: Operation, calls: number): Usage =>
  add(callsOf(checker, calls), logsOf(calls * assumed.lambdaLineBytes));

const answerBytesOf = (entry: string): number => {
  if (entry === 'openapi') return statSync(join(import.meta.dirname, '../../openapi.json')).size;
  return /list|search-(subject|resource)|evaluations/.test(entry)
    ? assumed.listBytes
    : assumed.answerBytes;
};

const parts = ['gateway', 'lambda', 'table', 'logs', 'history', 'transfer'] as const;
type Part = (typeof parts)[number];

/** What so many requests take, without the authorizer. History is their audit events, as long as they are kept. */
const requestsOf = (operation: Operation, requests: number): Record<Part, Usage> => {
  const { entry, onTable } = operation.spec;
  const { lambdaRequests = 0, lambdaGbSeconds = 0, ...table } = callsOf(operation, requests);
  const lines = assumed.ownLineBytes + assumed.lambdaLineBytes + accessLineBytes;
  const months = auditRetentionDays / assumed.daysAMonth;
  return {
    gateway: { gatewayRequests: requests },
    lambda: { lambdaRequests, lambdaGbSeconds },
    table,
    logs: logsOf(requests * lines),
    // Whoever puts anything puts an audit event beside it: infra/endpoint.ts.
    history: onTable.includes('PutItem') ? itemsOf(requests * months, assumed.itemBytes.event) : {},
    transfer: { transferOut: (requests * answerBytesOf(entry)) / gb },
  };
};

/** Dollars by price; `allowances` leaves out what is free in every account. */
const billOf = (usage: Usage, allowances: boolean): Record<string, number> =>
  Object.fromEntries(
    Object.entries(usage).map(([name, units]) => {
      const price: Price = prices[name as keyof typeof prices];
      return [name, dollarsOf(price, units, allowances ? price.free : 0)];
    }),
  );

const total = (bill: Record<string, number>): number =>
  Object.values(bill).reduce((sum, dollars) => sum + dollars, 0);

/** Dollars a million requests, at the prices of the first units. */
export const perMillion = (operation: Operation, checker: Operation) => {
  const usages = requestsOf(operation, 1e6);
  const dollars = Object.fromEntries(
    parts.map((part) => [part, total(billOf(usages[part], false))]),
  ) as Record<Part, number>;
  const checked = isOpen(operation) ? 0 : total(billOf(authorizerOf(checker, 1e6), false));
  return {
    ...dollars,
    authorizer: checked,
    together_without_cache: total(dollars) + checked,
    together_with_95_percent_cached: total(dollars) + 0.05 * checked,
  };
};

/** Units of a team's month. */
const usageOf = (
  team: Team,
  operations: ReadonlyMap<string, Operation>,
  checker: Operation,
  alarmMetrics: number,
): Usage => {
  const { itemBytes } = assumed;
  const usages = Object.entries(team.requests).flatMap(([entry, requests]) => {
    const operation = operations.get(entry);
    if (!operation) throw new Error(`${entry} has no figures in cost.json and cpu.json.`);
    const misses = isOpen(operation) ? 0 : requests * (1 - team.cacheHit);
    return [...Object.values(requestsOf(operation, requests)), authorizerOf(checker, misses)];
  });
  return add(
    ...usages,
    // Wrong passwords come in every hour; of what is counted from logs nothing else does.
    { alarmMetrics, customMetrics: 1 },
    // The use of a key is noted once an hour.
    { writeUnits: team.busyKeys * 24 * assumed.daysAMonth },
    itemsOf(team.users, itemBytes.user, itemBytes.userIndex),
    itemsOf(team.users * team.grantsEach, itemBytes.grant, itemBytes.grantIndex),
    itemsOf(team.users * team.liveTokensEach, itemBytes.token),
  );
};

/** Cognito's list price for a team's people and programs, and that of AWS's own decision point. */
export const cognitoOf = ({ activeUsers, busyKeys, requests }: Team) => {
  // A program needs a token a day: none lives longer.
  const tokens = busyKeys * assumed.daysAMonth;
  const users = (price: Price) => dollarsOf(price, activeUsers, price.free);
  return {
    essentials: users(prices.cognitoEssentials),
    lite: users(prices.cognitoLite),
    plus: users(prices.cognitoPlus),
    machine_tokens: dollarsOf(prices.cognitoMachineTokens, tokens),
    verified_permissions: dollarsOf(
      prices.verifiedPermissions,
      requests['authzen/evaluation'] ?? 0,
    ),
  };
};

/** Rows of results/cost.json. Units are as AWS counts them: transactions doubled, with the index. */
const costs = v.object({
  results: v.array(
    v.object({
      operation: v.string(),
      grants: v.number(),
      users: v.number(),
      round_trips: v.number(),
      read_units: v.number(),
      write_units: v.number(),
    }),
  ),
});
/** Rows of results/cpu.json: processor time of one call on a whole core, of a function by its entry. */
const processorTimes = v.object({
  results: v.array(v.object({ function: v.string(), cpu_ms: v.number() })),
});

const read = <S extends v.GenericSchema>(name: string, schema: S): v.InferOutput<S> => {
  const file = join(import.meta.dirname, 'results', `${name}.json`);
  if (!existsSync(file)) throw new Error(`There is no ${file}: run test/bench/${name}.ts first.`);
  return v.parse(schema, JSON.parse(readFileSync(file, 'utf8')));
};

const specs: readonly FunctionSpec[] = [authorizer, ...routes];
/** What an operation is called: `users/me`, `users.me`, `GET /api/v1/users/me` or `GET /users/me`. */
const namesOf = (spec: FunctionSpec): string[] => [
  spec.entry,
  spec.entry.replace('/', '.'),
  ...('method' in spec && 'path' in spec ? [`${spec.method} ${spec.path}`] : []),
];

/** The entry of the function that a bench means, which may go on to say in what case. */
export const entryOf = (operation: string): string | undefined => {
  const plain = (name: string) => name.replace('/api/v1/', '/');
  const said = plain(operation);
  const found = specs.flatMap((spec) =>
    namesOf(spec)
      .map(plain)
      .filter(
        (name) =>
          said === name || (said.startsWith(name) && /[ ,?(:]/.test(said[name.length] ?? '')),
      )
      .map((name) => ({ entry: spec.entry, length: name.length })),
  );
  return found.sort((a, b) => b.length - a.length)[0]?.entry;
};

type CostRow = v.InferOutput<typeof costs>['results'][number];

/** How far a row is from the usual case of five grants and a thousand users. */
const farness = ({ grants, users }: CostRow): number =>
  Math.abs(Math.log10(grants / 5)) + Math.abs(Math.log10(users / 1000));

const readOperations = (memoryNow: ReadonlyMap<string, number>): Map<string, Operation> => {
  const cpu = new Map(
    read('cpu', processorTimes).results.map((row) => [entryOf(row.function), row.cpu_ms]),
  );
  const rows = read('cost', costs).results.sort((a, b) => farness(a) - farness(b));
  const operations = new Map<string, Operation>();
  for (const spec of specs) {
    const row = rows.find(({ operation }) => entryOf(operation) === spec.entry);
    const cpuMs = cpu.get(spec.entry);
    if (!row || cpuMs === undefined || !memoryNow.has(spec.entry)) {
      stderr.write(`${spec.entry} is left out: cost.json or cpu.json has no figures of it.\n`);
      continue;
    }
    const load = { cpuMs, waitMs: row.round_trips * assumed.tableMs };
    operations.set(spec.entry, {
      ...{
        spec,
        load,
        measured: `${row.operation}, at ${row.grants} grants and ${row.users} users`,
      },
      ...{ readUnits: row.read_units, writeUnits: row.write_units },
      memoryMb: chooseMemory(load.cpuMs, load.waitMs),
    });
  }
  return operations;
};

/** Of the stack as it would be deployed to `prod`: megabytes of each function, and metrics in alarms. */
const readStack = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-price-'));
  const template = readTemplate(await synthesize('prod', folder), 'bailiwick-prod');
  rmSync(folder, { recursive: true });
  const functions = ofType(template, 'AWS::Lambda::Function');
  if (functions.some(([, { Properties }]) => Properties.Architectures?.[0] !== 'arm64')) {
    throw new Error('A function is not arm64, which is what is reckoned with.');
  }
  const alarms = ofType(template, 'AWS::CloudWatch::Alarm');
  return {
    memoryNow: new Map<string, number>(
      functions.map(([, { Properties }]) => [
        String(Properties.Description).replace(/^.*: /, ''),
        Properties.MemorySize,
      ]),
    ),
    alarmMetrics: alarms.reduce(
      (sum, [, { Properties }]) =>
        sum + (Properties.Metrics?.filter((one: object) => 'MetricStat' in one).length ?? 1),
      0,
    ),
  };
};

/** A function at some memory: what a call takes, and a million of them cost. */
const atMemory = ({ spec, load, ...rest }: Operation, memoryMb: number) => ({
  memory_mb: memoryMb,
  ms: durationMs(load, memoryMb),
  first_call_ms: durationMs({ ...load, cpuMs: load.cpuMs + assumed.firstCallCpuMs }, memoryMb),
  dollars_per_million: total(
    billOf(requestsOf({ spec, load, ...rest, memoryMb }, 1e6).lambda, false),
  ),
});

const figures = async () => {
  const { memoryNow, alarmMetrics } = await readStack();
  const operations = readOperations(memoryNow);
  const checker = operations.get(authorizer.entry);
  if (!checker) throw new Error('The authorizer has no figures in cost.json and cpu.json.');
  const idle: Usage = { alarmMetrics };
  const days = Object.values(prices)
    .map(({ read: day }) => day)
    .sort();
  return {
    region: 'us-east-1',
    prices_read: { from: days[0], to: days.at(-1) },
    remarks,
    memory: [...operations].map(([entry, operation]) => {
      const { cpuMs, waitMs } = operation.load;
      return {
        function: entry,
        cpu_ms: cpuMs,
        wait_ms: waitMs,
        now: atMemory(operation, memoryNow.get(entry) ?? 0),
        chosen: atMemory(operation, operation.memoryMb),
        chosen_at_twice_the_cpu: chooseMemory(2 * cpuMs, waitMs),
        at: [128, 256, 512, 1024, assumed.fullCoreMb].map((mb) => atMemory(operation, mb)),
      };
    }),
    per_million: [...operations]
      .filter(([entry]) => entry !== authorizer.entry)
      .map(([entry, operation]) => ({
        function: entry,
        measured: operation.measured,
        read_units: operation.readUnits,
        write_units: operation.writeUnits,
        ...perMillion(operation, checker),
      })),
    idle: { list: total(billOf(idle, false)), less_allowances: total(billOf(idle, true)) },
    teams: teams.map((team) => {
      const usage = usageOf(team, operations, checker, alarmMetrics);
      const requests = { ...team.requests, 'authzen/evaluation': 0 };
      const bill = billOf(usage, false);
      return {
        ...team,
        usage,
        bill,
        list: total(bill),
        less_allowances: total(billOf(usage, true)),
        list_without_checks: total(
          billOf(usageOf({ ...team, requests }, operations, checker, alarmMetrics), false),
        ),
        cognito: cognitoOf(team),
      };
    }),
    assumed,
    prices,
  };
};

const markdownTable = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

const dollars = (amount: number): string => `$${amount.toFixed(2)}`;

const markdown = (all: Awaited<ReturnType<typeof figures>>): string => {
  const { memory, per_million, teams, idle, prices_read } = all;
  const takes = ['takes', 'a million'];
  const items = [...new Set(teams.flatMap(({ bill }) => Object.keys(bill)))];
  const cognito = Object.keys(teams[0]?.cognito ?? {}) as (keyof ReturnType<typeof cognitoOf>)[];
  return [
    markdownTable(
      ['function', 'processor', 'waits', 'now', ...takes, 'chosen', ...takes],
      memory.map(({ function: name, cpu_ms, wait_ms, now, chosen }) => [
        ...[`\`${name}\``, `${cpu_ms.toFixed(1)} ms`, `${wait_ms} ms`],
        ...[now, chosen].flatMap(({ memory_mb, ms, dollars_per_million }) => [
          ...[`${memory_mb} MB`, `${ms.toFixed(0)} ms`, dollars(dollars_per_million)],
        ]),
      ]),
    ),
    markdownTable(
      ['a million', ...parts, 'authorizer', 'together', '95 % of tokens cached'],
      per_million.map((row) => [
        `\`${row.function}\``,
        ...parts.map((part) => dollars(row[part])),
        dollars(row.authorizer),
        dollars(row.together_without_cache),
        dollars(row.together_with_95_percent_cached),
      ]),
    ),
    markdownTable(
      ['a month', ...teams.map(({ name }) => name)],
      [
        ...items.map((item) => [item, ...teams.map(({ bill }) => dollars(bill[item] ?? 0))]),
        ['**together**', ...teams.map(({ list }) => dollars(list))],
        ['less what is free', ...teams.map(({ less_allowances }) => dollars(less_allowances))],
        [
          '**without checks**',
          ...teams.map(({ list_without_checks }) => dollars(list_without_checks)),
        ],
        ...cognito.map((item) => [
          `Cognito ${item}`,
          ...teams.map((team) => dollars(team.cognito[item])),
        ]),
      ],
    ),
    `Idle: ${dollars(idle.list)} a month for alarms, ${dollars(idle.less_allowances)} less what is free; and $0.45 a GB of the table with its recovery.`,
    ...remarks,
    `List prices of us-east-1, read from ${prices_read.from} to ${prices_read.to}.`,
  ].join('\n\n');
};

if (import.meta.main) {
  const all = await figures();
  const rounded = (_: string, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
  const folder = join(import.meta.dirname, 'results');
  writeFileSync(join(folder, 'price.json'), `${JSON.stringify(all, rounded, 2)}\n`);
  writeFileSync(join(folder, 'price.md'), `# Prices\n\n${markdown(all)}\n`);
}
