// What a decision costs at the table, and takes over HTTP, for subjects of one grant and of 10,000.
import { stdout } from 'node:process';
import { BatchWriteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { newGrantItems } from '../../lib/table/items.ts';
import { startProxyTo } from '../support/table-proxy.ts';
import { machine, quantile, startBench } from './stack.ts';

const grantCounts = [1, 100, 10_000];
const times = 200;

let proxy: Awaited<ReturnType<typeof startProxyTo>> | undefined;
const { table, TableName, call, close } = await startBench(async (endpoint) => {
  proxy = await startProxyTo(endpoint);
  return proxy.endpoint;
});
const users = '/api/v1/users';
const password = 's3cr3tP@sswOrd';
const resourceOf = (n: number) => `orders-${n}`;

/** A user with so many grants, written past the API, which would take minutes. */
const createSubject = async (count: number): Promise<string> => {
  const name = `subject-${count}`;
  await call(`POST ${users}/${name}`, 201, { password });
  const Key = { pk: `USER#${name}`, sk: '#USER' };
  const { Item } = await table.send(new GetCommand({ TableName, Key }));
  const permissions = Array.from({ length: count }, (_, n) => ({
    resource: resourceOf(n),
    resource_type: 'table',
    type: 'read' as const,
  }));
  const granted = { by: 'bench', at: new Date().toISOString() };
  const puts = newGrantItems({ name, userId: Item?.user_id }, permissions, granted).map((item) => ({
    PutRequest: { Item: { ...item } },
  }));
  for (let n = 0; n < puts.length; n += 25) {
    const RequestItems = { [TableName]: puts.slice(n, n + 25) };
    await table.send(new BatchWriteCommand({ RequestItems }));
  }
  return name;
};

await call(`POST ${users}/service`, 201, {
  password,
  initial_policies: [{ resource: '*', resource_type: 'user', type: 'read' }],
});
const key = await call(`POST ${users}/service/api-keys`, 201, { name: 'bench' });
const names = [];
for (const count of grantCounts) names.push(await createSubject(count));

const action = { name: 'read' };
const table1 = { type: 'table', id: resourceOf(0) };
const asked: [string, string, (subject: object) => object][] = [
  ['one evaluation', 'evaluation', (subject) => ({ subject, action, resource: table1 })],
  [
    '100 evaluations',
    'evaluations',
    (subject) => ({
      subject,
      action,
      evaluations: Array.from({ length: 100 }, (_, n) => ({
        resource: { type: 'table', id: resourceOf(n) },
      })),
    }),
  ],
  ['what actions', 'search/action', (subject) => ({ subject, resource: table1 })],
  [
    'the first 100 resources',
    'search/resource',
    (subject) => ({ subject, action, resource: { type: 'table' }, page: { limit: 100 } }),
  ],
];
const results = [];
for (const [question, api, bodyOf] of asked) {
  const figures = names.map((name, index) => ({
    question,
    grants: grantCounts[index],
    body: bodyOf({ type: 'user', id: name }),
    ms: [] as number[],
  }));
  const ask = (body: object) => call(`POST /access/v1/${api}`, 200, body, key.encoded);
  for (const { body } of figures) for (let n = 0; n < 20; n++) await ask(body);
  // In turn, so that the machine's moods meet all alike.
  for (let n = 0; n < times; n++) {
    for (const { body, ms } of figures) {
      const started = performance.now();
      await ask(body);
      ms.push(performance.now() - started);
    }
  }
  for (const { body, ms, ...shown } of figures) {
    proxy?.take();
    await ask(body);
    const requests = proxy?.take() ?? [];
    // AWS counts an item that is not there as one unit, DynamoDB Local as none.
    const units = requests.map(({ body: sent, units }) =>
      Math.max(units, sent.RequestItems?.[TableName]?.Keys.length ?? 0),
    );
    results.push({
      ...shown,
      requests: requests.length,
      read_units: units.reduce((sum, one) => sum + one, 0),
      p50_ms: quantile(ms, 0.5),
      p95_ms: quantile(ms, 0.95),
    });
  }
}
await close();
proxy?.close();
stdout.write(`${JSON.stringify({ machine: machine(), results }, null, 2)}\n`);
