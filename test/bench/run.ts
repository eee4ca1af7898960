// Times the operations over HTTP on a local stack of its own, beside the floor under them: the same
// requests to the table made by the SDK alone. Figures are for this machine and this run.
import { env, stdout } from 'node:process';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { machine, quantile, startBench } from './stack.ts';

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
  return {
    operation,
    connections,
    per_second: Math.round(times.length / seconds),
    p50_ms: quantile(times, 0.5),
    p99_ms: quantile(times, 0.99),
  };
};

const { table, TableName, call, close } = await startBench();
const users = '/api/v1/users';
const password = 's3cr3tP@sswOrd';
const order = { resource: 'orders', resource_type: 'table', type: 'read' };
await call(`POST ${users}/reader`, 201, { password, initial_policies: [order] });
const question = {
  subject: { type: 'user', id: 'reader' },
  action: { name: 'read' },
  resource: { type: 'table', id: 'orders' },
};
const floor = () =>
  table.send(
    new GetCommand({ TableName, Key: { pk: 'USER#admin', sk: '#USER' }, ConsistentRead: true }),
  );

const results: Figures[] = [];
for (const connections of [1, 10]) {
  const run = async (operation: string, task: (n: number) => Promise<unknown>) => {
    results.push(await measure(operation, connections, task));
  };
  const own = (n: number) => `${users}/u${connections}-${n}`;
  await run('one GetItem by the SDK (floor)', floor);
  await run('GET /users/me', () => call(`GET ${users}/me`, 200));
  await run('POST /access/v1/evaluation', () => call('POST /access/v1/evaluation', 200, question));
  await run('GET /users/{userName}', () => call(`GET ${users}/admin`, 200));
  await run('POST /users/{userName}', (n) => call(`POST ${own(n)}`, 201, { password }));
  await run('POST /sessions', (n) =>
    call('POST /api/v1/sessions', 201, { username: `u${connections}-${n % 10}`, password }),
  );
  await run('POST /users/{userName}/permissions', (n) =>
    call(`POST ${own(0)}/permissions`, 201, { ...order, resource: `r${n}` }),
  );
  await run('GET /users?limit=100', () => call(`GET ${users}?limit=100`, 200));
  await run('PUT /users/{userName}/password', () =>
    call(`PUT ${own(0)}/password`, 200, { new_password: password }),
  );
}
await close();
stdout.write(`${JSON.stringify({ machine: machine(), results }, null, 2)}\n`);
