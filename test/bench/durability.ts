// Whether DynamoDB Local keeps what it acknowledged when it is killed at that very moment. Nothing of
// this project but the command that starts it is at work here: a crash test must know its ground.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, kill, stdout } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { startDynamoDb } from '../../infra/local/dynamodb.ts';
import { machine } from './stack.ts';

const runs = Number(env.RUNS ?? 10);
const TableName = 'table';
const clientOf = (endpoint: string) =>
  new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
    maxAttempts: 1,
  });

const put = (db: DynamoDBClient, id: string) =>
  db.send(new PutItemCommand({ TableName, Item: { id: { S: id } } }));
const transact = (db: DynamoDBClient, id: string) =>
  db.send(
    new TransactWriteItemsCommand({
      TransactItems: [id, `${id}-too`].map((key) => ({
        Put: { TableName, Item: { id: { S: key } } },
      })),
    }),
  );

/** Kills whatever mentions the folder, once `count` writes of eight writers are acknowledged. */
const lostOf = async (write: typeof put | typeof transact, count: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-durability-'));
  const first = await startDynamoDb(folder);
  const db = clientOf(first.endpoint);
  await db.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  const pids = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder))
    .map((line) => Number.parseInt(line, 10));
  const acknowledged: string[] = [];
  let next = 0;
  let killed = false;
  const writer = async () => {
    while (!killed) {
      const id = `item-${next++}`;
      await write(db, id);
      acknowledged.push(id);
      if (acknowledged.length === count) {
        killed = true;
        for (const pid of pids) kill(pid, 'SIGKILL');
      }
    }
  };
  // What was under way fails, as it must.
  await Promise.allSettled(Array.from({ length: 8 }, writer));
  await sleep(500);

  const second = await startDynamoDb(folder);
  const again = clientOf(second.endpoint);
  let lost = 0;
  for (const id of acknowledged.slice(0, count)) {
    const Key = { id: { S: id } };
    const { Item } = await again.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    if (!Item) lost++;
  }
  await second.close();
  rmSync(folder, { recursive: true });
  return lost;
};

const results = [];
for (const write of [put, transact]) {
  const lost: number[] = [];
  for (let run = 0; run < runs; run++) lost.push(await lostOf(write, 100 + run));
  results.push({
    write: write === put ? 'PutItem' : 'TransactWriteItems',
    runs,
    lost_each_run: lost,
  });
}
stdout.write(`${JSON.stringify({ machine: machine(), results }, null, 2)}\n`);
