// Whether the memory of a function stays flat: a shipped bundle of each kind, in a process of its own, invoked
// one event after the other as in one sandbox, and what it holds after each tenth. INVOCATIONS=100000 by default.
import { fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { argv, env, memoryUsage, stdout } from 'node:process';
import { bundle } from '../../infra/bundle.ts';
import { region } from '../../infra/local/template.ts';
import { admin, resourceOf, seedHolder, seedUsers, users } from './seed.ts';
import { startBench, writeResult } from './stack.ts';

/** What a child is to run. */
interface Task {
  bundle: string;
  event: object;
  status: number | undefined;
  invocations: number;
}

const megabytes = (bytes: number): number => Number((bytes / 2 ** 20).toFixed(1));

/** Invokes as often as it is told to; tells what is held on the heap after a collection, and in all. */
const run = async ({ bundle, event, status, invocations }: Task) => {
  const { handler } = createRequire(bundle)(bundle);
  const text = JSON.stringify(event);
  const held = [];
  for (let n = 1; n <= invocations; n++) {
    const context = { awsRequestId: `request-${n}`, getRemainingTimeInMillis: () => 10_000 };
    const answer = await handler(JSON.parse(text), context);
    if (answer.statusCode !== status) throw new Error(`${answer.statusCode} ${answer.body}`);
    if (n % (invocations / 10) !== 0) continue;
    globalThis.gc?.();
    const { heapUsed, rss } = memoryUsage();
    held.push({ invocations: n, heap_mb: megabytes(heapUsed), rss_mb: megabytes(rss) });
  }
  return held;
};

const measureAll = async () => {
  const most = Number(env.INVOCATIONS ?? 100_000);
  const bench = await startBench();
  await seedUsers(bench, 0, 1000);
  const holder = await seedHolder(bench, 'holder', 40);
  const boss = await seedHolder(bench, 'boss', 0, [admin('*')]);

  const event = ({ name, userId, token }: typeof boss, more: object = {}) => ({
    headers: { Host: 'api.example.com', 'Content-Type': 'application/json' },
    pathParameters: null,
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    requestContext: {
      requestId: 'bench',
      path: users,
      domainName: 'api.example.com',
      identity: { sourceIp: '192.0.2.1' },
      authorizer: { username: name, user_id: userId, token_id: token.split('.')[1] },
    },
    body: null,
    ...more,
  });
  const question = {
    subject: { type: 'user', id: holder.name },
    action: { name: 'read' },
    resource: { type: 'table', id: resourceOf(0) },
  };
  const kinds: Record<string, Omit<Task, 'bundle'>> = {
    authorizer: {
      event: {
        type: 'TOKEN',
        methodArn: 'arn:aws:execute-api:us-east-1:000000000000:api/dev/GET/api/v1/users/me',
        authorizationToken: `Bearer ${holder.token}`,
      },
      status: undefined,
      invocations: most,
    },
    'users/me': { event: event(holder), status: 200, invocations: most },
    'authzen/evaluation': {
      event: event(boss, { body: JSON.stringify(question) }),
      status: 200,
      invocations: most,
    },
    // Of five requests each, so fewer of them.
    'users/list': {
      event: event(boss, { queryStringParameters: { limit: '100' } }),
      status: 200,
      invocations: most / 5,
    },
  };

  const { folder } = bundle(Object.keys(kinds));
  const results = [];
  for (const [name, task] of Object.entries(kinds)) {
    const told = { ...task, bundle: join(folder, name, 'index.js') };
    const child = fork(import.meta.filename, [JSON.stringify(told)], {
      execArgv: ['--expose-gc'],
      env: {
        AWS_ACCESS_KEY_ID: 'bench',
        AWS_SECRET_ACCESS_KEY: 'bench',
        AWS_REGION: region,
        TABLE_ENDPOINT: bench.endpoint,
        TABLE_NAME: bench.TableName,
      },
      // Its log.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const held = await new Promise<unknown>((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', (code) => reject(new Error(`${name} ended with ${code}.`)));
    });
    results.push({ function: name, held });
  }
  rmSync(folder, { recursive: true });
  await bench.close();
  // Fewer are for trying it out.
  if (env.INVOCATIONS) stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  else writeResult('memory', { results });
};

const [, , task] = argv;
if (task) process.send?.(await run(JSON.parse(task)), () => process.exit());
else await measureAll();
