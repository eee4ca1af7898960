// The floor under a function: the same calls of the SDK, answered as they come.
import { env } from 'node:process';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Key } from '../../lib/table/keys.ts';

/** One request to the table. */
export type BareCall =
  | { get: Key }
  | { each: Key[] }
  | { query: Omit<QueryCommandInput, 'TableName'> };

const TableName = env.TABLE_NAME ?? '';
const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const ask = (call: BareCall) => {
  if ('get' in call) {
    return table.send(new GetCommand({ TableName, Key: call.get, ConsistentRead: true }));
  }
  if ('query' in call) return table.send(new QueryCommand({ TableName, ...call.query }));
  const asked = { Keys: call.each.map((key) => ({ ...key })), ConsistentRead: true };
  return table.send(new BatchGetCommand({ RequestItems: { [TableName]: asked } }));
};

/** Makes the calls of each round at once, and one round after the other. */
export const handler = async ({ rounds }: { rounds: BareCall[][] }) => {
  const answers = [];
  for (const calls of rounds) answers.push(await Promise.all(calls.map(ask)));
  return { statusCode: 200, body: JSON.stringify(answers) };
};
