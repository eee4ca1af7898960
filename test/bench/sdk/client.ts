// lib/dynamodb/client.ts by AWS's SDK as it comes: what the functions would be without a client of their own.
import {
  BatchGetItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  DynamoDBServiceException,
  QueryCommand,
  TransactGetItemsCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Ask } from '../../../lib/dynamodb/client.ts';
import { DynamoDbError } from '../../../lib/dynamodb/errors.ts';

const commands = {
  BatchGetItem: BatchGetItemCommand,
  DeleteItem: DeleteItemCommand,
  Query: QueryCommand,
  TransactGetItems: TransactGetItemsCommand,
  TransactWriteItems: TransactWriteItemsCommand,
  UpdateItem: UpdateItemCommand,
};

export const createClient = (): Ask => {
  const client = new DynamoDBClient({});
  return async (operation, input) => {
    try {
      const Command = commands[operation] as unknown as new (input: unknown) => never;
      return await client.send(new Command(input));
    } catch (error) {
      if (!(error instanceof DynamoDBServiceException)) throw error;
      const reasons = error instanceof TransactionCanceledException && error.CancellationReasons;
      throw new DynamoDbError(
        error.name,
        error.message,
        error.$metadata.httpStatusCode ?? 0,
        (reasons || []).map(({ Code }) => Code ?? 'None'),
      );
    }
  };
};
