// A local stack for a bench to measure, with its table at hand.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from 'node:process';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startDynamoDb } from '../../infra/local/dynamodb.ts';
import { startLocal } from '../../infra/local/stack.ts';
import { ofType, readTemplate } from '../../infra/local/template.ts';

/** What a figure is worth nothing without. */
export const machine = () =>
  `${cpus().length} x ${cpus()[0]?.model}, Node ${version}, ${new Date().toISOString()}`;

/** Keeps the figures of a bench as `test/bench/results/<name>.json`. */
export const writeResult = (name: string, figures: object): void => {
  const file = join(import.meta.dirname, 'results', `${name}.json`);
  writeFileSync(file, `${JSON.stringify({ machine: machine(), ...figures }, null, 2)}\n`);
};

/** Starts a stack in memory. @param through what to put between it and the table */
export const startBench = async (through = async (endpoint: string) => endpoint) => {
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-bench-'));
  const dynamodb = await startDynamoDb(undefined);
  const stack = await startLocal({
    port: 0,
    dataDir: folder,
    inMemory: true,
    endpoint: await through(dynamodb.endpoint),
    stage: 'dev',
    bcryptCost: '10',
  });
  const template = readTemplate(join(folder, 'cdk.out'), 'bailiwick-dev');
  const [TableName = ''] = ofType(template, 'AWS::DynamoDB::Table')[0] ?? [];
  const table = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: dynamodb.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
    }),
  );
  return {
    TableName,
    table,
    endpoint: dynamodb.endpoint,
    admin: stack.admin,
    /** Calls the API, and throws unless it answers with that status. */
    call: async (route: string, status: number, body?: object, token = stack.admin.token) => {
      const [method = 'GET', path = ''] = route.split(' ');
      const response = await fetch(stack.baseUrl + path, {
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          ...(body && { 'Content-Type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (response.status !== status) throw new Error(`${route}: ${response.status} ${text}`);
      return text === '' ? undefined : JSON.parse(text);
    },
    close: async () => {
      await stack.close();
      await dynamodb.close();
      rmSync(folder, { recursive: true });
    },
  };
};

/** So much of sorted values is at most this; rounded to hundredths. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return Number((sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(2));
};
