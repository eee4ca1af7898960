// What of an operation's time each layer takes, from the table up: a process of its own, forked by breakdown.ts,
// in which each layer runs without those above it. It has a function's environment, and their log is its output.
import { createRequire } from 'node:module';
import { cpuUsage, env } from 'node:process';
import { functionIdOf, readFunctions } from '../../../infra/local/functions.ts';
import { createInvoker } from '../../../infra/local/invoker.ts';
import { readMethods } from '../../../infra/local/routes.ts';
import { readTemplate, region } from '../../../infra/local/template.ts';
import { askTable } from '../../../lib/table/client.ts';
import { grantKey, tokenPrefix, userKey } from '../../../lib/table/keys.ts';
import { toRequest } from './connection.ts';
import { measureTask, overHttp, summarize, type Task } from './measure.ts';

/** What to run the layers with. */
export interface LayersInput {
  assembly: string;
  endpoint: string;
  tableName: string;
  /** Who asks, and about whom: names of users. */
  caller: { name: string; userId: string; tokenId: string };
  subject: string;
  seconds: number;
  connections: number[];
}

/** One layer with all below it. */
export interface Layer {
  operation: string;
  connections: number;
  layer: string;
  per_second: number;
  p50_ms: number;
  /** processor time of a call without DynamoDB Local's */
  cpu_ms: number;
}

/** The request to the table that an operation makes, and the event of the gateway that it answers. */
const describeOperations = ({ caller, subject, tableName }: LayersInput) => {
  const keys = [
    userKey(caller.name),
    ...['*', subject].map((resource) => grantKey(caller.name, resource)),
    userKey(subject),
    ...['*', 'orders'].map((resource) => grantKey(subject, resource)),
  ];
  const typed = (texts: object) =>
    Object.fromEntries(Object.entries(texts).map(([name, S]) => [name, { S }]));
  const query = {
    TableName: tableName,
    KeyConditionExpression: 'pk = :pk AND sk < :tokens',
    ExpressionAttributeValues: typed({ ':pk': userKey(caller.name).pk, ':tokens': tokenPrefix }),
    ConsistentRead: true,
  };
  const each = { RequestItems: { [tableName]: { Keys: keys.map(typed), ConsistentRead: true } } };
  return [
    {
      operation: 'who am I by API key',
      route: { method: 'GET', path: '/api/v1/users/me', body: null },
      target: 'Query',
      body: query,
      ask: (): Promise<unknown> => askTable('Query', query),
    },
    {
      operation: 'permission check of another user',
      route: {
        method: 'POST',
        path: '/access/v1/evaluation',
        body: JSON.stringify({
          subject: { type: 'user', id: subject },
          action: { name: 'read' },
          resource: { type: 'table', id: 'orders' },
        }),
      },
      target: 'BatchGetItem',
      body: each,
      ask: (): Promise<unknown> => askTable('BatchGetItem', each),
    },
  ];
};

const eventOf = (
  { caller }: LayersInput,
  { method, path, body }: { method: string; path: string; body: string | null },
) => {
  const headers = { Host: 'localhost', 'Content-Type': 'application/json' };
  return {
    ...{ resource: path, path, httpMethod: method, body, isBase64Encoded: false, headers },
    multiValueHeaders: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, [value]]),
    ),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    requestContext: {
      authorizer: {
        principalId: caller.name,
        username: caller.name,
        user_id: caller.userId,
        token_id: caller.tokenId,
      },
      ...{ domainName: 'localhost', httpMethod: method, path, resourcePath: path },
      identity: { sourceIp: '127.0.0.1', userAgent: null },
      requestId: 'layers',
      stage: 'dev',
    },
  };
};

const run = async (input: LayersInput): Promise<Layer[]> => {
  const { endpoint, seconds } = input;
  const template = readTemplate(input.assembly, 'bailiwick-dev');
  const functions = readFunctions(template);
  const methods = readMethods(template);
  const idOf = ({ method, path }: { method: string; path: string }) => {
    const found = methods.get(path)?.find(({ httpMethod }) => httpMethod === method);
    return functionIdOf(found?.integration.Uri);
  };
  const invoker = createInvoker(functions, ({ id }) => ({
    AWS_ACCESS_KEY_ID: id,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: region,
    TABLE_ENDPOINT: endpoint,
    AWS_LAMBDA_FUNCTION_NAME: id,
  }));

  const layers: Layer[] = [];
  for (const { operation, route, target, body, ask } of describeOperations(input)) {
    const id = idOf(route);
    const fn = functions.get(id);
    if (!fn) throw new Error(`There is no function for ${route.method} ${route.path}.`);
    Object.assign(env, fn.environment, { AWS_ACCESS_KEY_ID: id, TABLE_ENDPOINT: endpoint });
    const { handler } = createRequire(fn.bundle)(fn.bundle);
    const text = JSON.stringify(eventOf(input, route));
    const expect = (answer: unknown) => {
      const { statusCode } = answer as { statusCode?: number };
      if (statusCode !== 200) throw new Error(`${operation}: ${JSON.stringify(answer)}`);
      return true;
    };
    const signed = toRequest(
      'POST /',
      {
        'Content-Type': 'application/x-amz-json-1.0',
        'X-Amz-Target': `DynamoDB_20120810.${target}`,
        'X-Amz-Date': '20260101T000000Z',
        // DynamoDB Local looks for a key id in it, and does not check the signature.
        Authorization: `AWS4-HMAC-SHA256 Credential=bench/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body,
    );
    for (const connections of input.connections) {
      const raw = await overHttp(endpoint, connections, () => ({
        ...{ request: signed, status: 200, holds: '"user_id"' },
      }));
      const tasks: [string, Task][] = [
        ['DynamoDB Local', raw.task],
        [
          'client',
          async () => {
            await ask();
            return true;
          },
        ],
        [
          'function',
          async () => expect(await handler(JSON.parse(text), { awsRequestId: 'layers' })),
        ],
        ['worker thread', async () => expect(await invoker.invoke(id, JSON.parse(text)))],
      ];
      for (const [layer, task] of tasks) {
        let cpuMs = 0;
        const timed = await measureTask(connections, seconds, task, () => {
          const before = cpuUsage();
          return ({ times }) => {
            const { user, system } = cpuUsage(before);
            cpuMs = (user + system) / 1000 / times.length;
          };
        });
        const { per_second, p50_ms } = summarize([timed]);
        const cpu_ms = Number(cpuMs.toFixed(3));
        layers.push({ operation, connections, layer, per_second, p50_ms, cpu_ms });
      }
      raw.close();
    }
  }
  await invoker.close();
  return layers;
};

process.once('message', async (input: LayersInput) => {
  process.send?.(await run(input).catch((error: Error) => ({ error: error.stack })));
  process.disconnect();
});
