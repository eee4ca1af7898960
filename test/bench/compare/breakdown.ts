// Where the time of the local stack goes: by layer, each with all below it, and by thread.
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { env } from 'node:process';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { region } from '../../../infra/local/template.ts';
import type { Bailiwick } from './bailiwick.ts';
import { toRequest } from './connection.ts';
import { countThreads } from './cpu-time.ts';
import type { Layer, LayersInput } from './layers.ts';
import { measureTask, type Operation, overHttp, summarize } from './measure.ts';

/** An operation over HTTP, with the milliseconds of processor time that each thread spends on a call. */
export interface OverHttp extends Layer {
  gateway_ms: number;
  functions_ms: number;
  /** compiling, and collecting garbage */
  v8_ms: number;
  dynamodb_local_ms: number;
  generator_ms: number;
}

const javaAt = (endpoint: string): number => {
  const port = `-port ${new URL(endpoint).port} `;
  const processes = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
  return Number.parseInt(
    processes.find((line) => /^ *\d+ java .*/.test(line) && line.includes(port)) ?? '',
    10,
  );
};

const measureHttp = async (
  { baseUrl, pid, endpoint }: Bailiwick,
  [operation, make]: [string, Operation],
  connections: number,
  seconds: number,
): Promise<OverHttp> => {
  const java = javaAt(endpoint);
  const http = await overHttp(baseUrl, connections, make);
  let spent: Omit<OverHttp, keyof Layer> | undefined;
  const timed = await measureTask(connections, seconds, http.task, () => {
    const ends = {
      stack: countThreads(pid),
      java: countThreads(java),
      own: countThreads(process.pid),
    };
    return ({ times }) => {
      const stack = ends.stack();
      const each = (threads: { ms: number }[]) =>
        Number((threads.reduce((sum, { ms }) => sum + ms, 0) / times.length).toFixed(3));
      const main = stack.filter(({ thread }) => thread.startsWith(`${pid} `));
      const workers = stack.filter(({ thread }) => thread.endsWith(' WorkerThread'));
      const rest = stack.filter((one) => !main.includes(one) && !workers.includes(one));
      spent = {
        gateway_ms: each(main),
        functions_ms: each(workers),
        v8_ms: each(rest),
        dynamodb_local_ms: each(ends.java()),
        generator_ms: each(ends.own()),
      };
    };
  });
  http.close();
  if (!spent) throw new Error('Nothing was measured.');
  const { per_second, p50_ms } = summarize([timed]);
  const all = Object.values(spent).reduce((sum, ms) => sum + ms, 0);
  const cpu_ms = Number((all - spent.dynamodb_local_ms - spent.generator_ms).toFixed(3));
  return { operation, connections, layer: 'HTTP', per_second, p50_ms, cpu_ms, ...spent };
};

/**
 * Takes the operations of one table request each apart.
 * @param subject whom the check of a permission is about
 * @param folder of the stack's data
 */
export const breakDown = async (
  stack: Bailiwick,
  folder: string,
  subject: string,
  seconds: number,
): Promise<object[]> => {
  const Key = { pk: 'USER#service', sk: '#USER' };
  const { Item } = await stack.table.send(new GetCommand({ TableName: stack.tableName, Key }));
  const connections = [1, 10];
  const input: LayersInput = {
    assembly: join(folder, 'cdk.out'),
    endpoint: stack.endpoint,
    tableName: stack.tableName,
    caller: { name: 'service', userId: Item?.user_id, tokenId: stack.key.split('.')[1] ?? '' },
    subject,
    seconds,
    connections,
  };
  const child = fork(join(import.meta.dirname, 'layers.ts'), {
    env: {
      ...env,
      AWS_ACCESS_KEY_ID: 'bench',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_REGION: region,
      TABLE_ENDPOINT: stack.endpoint,
    },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.send(input);
  const [layers] = (await once(child, 'message')) as [Layer[] | { error: string }];
  if ('error' in layers) throw new Error(layers.error);

  const nobody = { request: toRequest('GET /nowhere', {}), status: 404, holds: '"error":' };
  const operations: [string, Operation][] = [
    // A mock answers: the gateway alone. So few that its throttle of 10,000 a second does not.
    ['unknown path', (n) => (n < 4000 ? nobody : undefined)],
    ...(['who am I by API key', 'permission check of another user'] as const).map(
      (name): [string, Operation] => [name, () => stack.operations[name]?.(subject, '')],
    ),
  ];
  const overall: OverHttp[] = [];
  for (const count of connections) {
    for (const operation of operations) {
      overall.push(await measureHttp(stack, operation, count, seconds));
    }
  }
  return [...layers, ...overall];
};
