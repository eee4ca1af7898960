import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import { foldName } from '../../lib/names.ts';
import { type Key, userKey } from '../../lib/table/keys.ts';

const { local } = inject('target');
const table = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    endpoint: local?.endpoint ?? '',
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  }),
);
const TableName = local?.table ?? '';

/** An item as it lies in the table. */
export const readKey = async ({ pk, sk }: Key) =>
  (await table.send(new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead: true }))).Item;

/** An item of a user, without a sort key its own. */
export const readItem = (name: string, sk?: string) =>
  readKey({ ...userKey(foldName(name)), ...(sk && { sk }) });

/** Puts an item into the table past every rule. */
export const putItem = (Item: object) =>
  table.send(new PutCommand({ TableName, Item: { ...Item } }));

/** One request to the table, and what it cost once it is answered. */
export interface TableRequest {
  operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: DynamoDB's own requests and answers
  body: any;
  /** Read and write units. */
  units: number;
}

/** What to answer instead of asking the table; undefined asks it. */
export type Instead = { status: number; body: object } | undefined;

/**
 * Stands between functions and the table: sees each request, may do something before it or answer instead,
 * and knows what it cost.
 */
export const startTableProxy = async (
  before: (seen: TableRequest) => Instead | Promise<Instead> = () => undefined,
) => {
  const seen: TableRequest[] = [];
  const server = createServer(async (http, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of http) chunks.push(chunk);
    const one: TableRequest = {
      operation: String(http.headers['x-amz-target']).split('.').at(-1) ?? '',
      body: JSON.parse(Buffer.concat(chunks).toString()),
      units: 0,
    };
    seen.push(one);
    const instead = await before(one);
    if (instead) {
      response.writeHead(instead.status, { 'Content-Type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(instead.body));
      return;
    }
    const body = JSON.stringify({ ...one.body, ReturnConsumedCapacity: 'TOTAL' });
    const headers = { ...http.headers, 'content-length': String(Buffer.byteLength(body)) };
    const onward = request(
      new URL(local?.endpoint ?? ''),
      { method: 'POST', headers },
      async (answer) => {
        const parts: Buffer[] = [];
        for await (const part of answer) parts.push(part);
        const text = Buffer.concat(parts);
        const { ConsumedCapacity = [] } = JSON.parse(text.toString() || '{}');
        for (const { CapacityUnits } of [ConsumedCapacity].flat()) one.units += CapacityUnits;
        response.writeHead(answer.statusCode ?? 500, {
          'Content-Type': 'application/x-amz-json-1.0',
        });
        response.end(text);
      },
    );
    onward.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What has been asked since this was last called. */
    take: () => seen.splice(0),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
