// Times the operations over HTTP on a local stack of its own, beside the floor under them: the same
// requests to the table made by the SDK alone. Figures are for this machine and this run.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, stdout, version } from 'node:process';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { startDynamoDb } from '../../infra/local/dynamodb.ts';
import { startLocal } from '../../infra/local/stack.ts';
import { ofType, readTemplate } from '../../infra/local/template.ts';

const seconds = Number(env.SECONDS ?? 3);

interface Figures {
  operation: string;
  connections: number;
  per_second: number;
  p50_ms: number;
  p99_ms: number;
}

/** Runs `task` from so many connections at once for the time, after a short warm-up. */
const measure = async (
  operation: string,
  connections: number,
  task: (n: number) => Promise<unknown>,
): Promise<Figures> => {
  let n = 0;
  const during = async (ms: number, times: number[]) => {
    const end = performance.now() + ms;
    while (performance.now() < end) {
      const started = performance.now();
      await task(n++);
      times.push(performance.now() - started);
    }
  };
  const everyone = (ms: number, times: number[]) =>
    Promise.all(Array.from({ length: connections }, () => during(ms, times)));
  await everyone(500, []);
  const times: number[] = [];
  await everyone(seconds * 1000, times);
  times.sort((a, b) => a - b);
  const at = (share: number) => Number((times[Math.floor(times.length * share)] ?? 0).toFixed(2));
  return {
    operation,
    connections,
    per_second: Math.round(times.length / seconds),
    p50_ms: at(0.5),
    p99_ms: at(0.99),
  };
};

const folder = mkdtempSync(join(tmpdir(), 'bailiwick-bench-'));
const dynamodb = await startDynamoDb(undefined);
const stack = await startLocal({
  port: 0,
  dataDir: folder,
  inMemory: true,
  endpoint: dynamodb.endpoint,
  stage: 'dev',
  bcryptCost: '10',
});
const [TableName = ''] =
  ofType(readTemplate(join(folder, 'cdk.out'), 'bailiwick-dev'), 'AWS::DynamoDB::Table')[0] ?? [];
const table = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    endpoint: dynamodb.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  }),
);

const call = async (method: string, path: string, status: number, body?: object) => {
  const response = await fetch(`${stack.baseUrl}/api/v1/users${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${stack.admin.token}`,
      ...(body && { 'Content-Type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  await response.arrayBuffer();
  if (response.status !== status) throw new Error(`${method} ${path}: ${response.status}`);
};

const floor = () =>
  table.send(
    new GetCommand({ TableName, Key: { pk: 'USER#admin', sk: '#USER' }, ConsistentRead: true }),
  );
const password = 's3cr3tP@sswOrd';

const results: Figures[] = [];
for (const connections of [1, 10]) {
  const run = async (operation: string, task: (n: number) => Promise<unknown>) => {
    results.push(await measure(operation, connections, task));
  };
  await run('one GetItem by the SDK (floor)', floor);
  await run('GET /users/me', () => call('GET', '/me', 200));
  await run('GET /users/{userName}', () => call('GET', '/admin', 200));
  await run('POST /users/{userName}', (n) =>
    call('POST', `/u${connections}-${n}`, 201, { password }),
  );
  await run('GET /users?limit=100', () => call('GET', '?limit=100', 200));
  await run('PUT /users/{userName}/password', () =>
    call('PUT', `/u${connections}-0/password`, 200, { new_password: password }),
  );
}
await stack.close();
await dynamodb.close();
rmSync(folder, { recursive: true });
const machine = `${cpus().length} x ${cpus()[0]?.model}, Node ${version}, ${new Date().toISOString()}`;
stdout.write(`${JSON.stringify({ machine, results }, null, 2)}\n`);
