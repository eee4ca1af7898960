import type { Attributes } from './values.ts';

/** The names and values that an expression stands on. */
interface Placeholders {
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Attributes;
}

interface Conditional extends Placeholders {
  TableName: string;
  ConditionExpression?: string;
}

interface Put extends Conditional {
  Item: Attributes;
}

interface Update extends Conditional {
  Key: Attributes;
  UpdateExpression: string;
}

interface Delete extends Conditional {
  Key: Attributes;
}

interface ConditionCheck extends Conditional {
  Key: Attributes;
  ConditionExpression: string;
}

/** One action of a transaction that writes. */
export type TransactAction =
  | { Put: Put }
  | { Update: Update }
  | { Delete: Delete }
  | { ConditionCheck: ConditionCheck };

export interface Query extends Placeholders {
  TableName: string;
  IndexName?: string;
  KeyConditionExpression: string;
  FilterExpression?: string;
  ProjectionExpression?: string;
  ConsistentRead?: boolean;
  ScanIndexForward?: boolean;
  Limit?: number;
  ExclusiveStartKey?: Attributes;
}

type RequestItems = Record<string, { Keys: Attributes[]; ConsistentRead?: boolean }>;

/** The operations in use, each with what it takes and answers (API reference of 2012-08-10). */
export interface Operations {
  BatchGetItem: {
    input: { RequestItems: RequestItems };
    output: { Responses?: Record<string, Attributes[]>; UnprocessedKeys?: RequestItems };
  };
  DeleteItem: { input: Delete; output: object };
  Query: { input: Query; output: { Items?: Attributes[]; LastEvaluatedKey?: Attributes } };
  TransactGetItems: {
    input: { TransactItems: { Get: { TableName: string; Key: Attributes } }[] };
    output: { Responses?: { Item?: Attributes }[] };
  };
  TransactWriteItems: {
    /** Further tries with the same token, within ten minutes, do nothing and succeed. */
    input: { TransactItems: TransactAction[]; ClientRequestToken: string };
    output: object;
  };
  UpdateItem: { input: Update; output: object };
}
