import { isAllowed, type Statement } from './policy.ts';
import { account, region } from './template.ts';

/** One thing a request does: an action on a table or index. */
interface Access {
  action: string;
  resource: string;
}

interface TableRequest {
  TableName?: string;
  IndexName?: string;
  RequestItems?: Record<string, unknown>;
  TransactItems?: Record<string, { TableName: string }>[];
}

const tableArn = (name: string) => `arn:aws:dynamodb:${region}:${account}:table/${name}`;

const transactAction: Record<string, string> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
};

/**
 * What a DynamoDB request needs to be allowed (service authorization reference, "Actions defined by Amazon
 * DynamoDB"): a transaction needs the action of each of its parts, a query on an index the index.
 */
export const accessesOf = (operation: string, request: TableRequest): Access[] => {
  if (request.TransactItems) {
    return request.TransactItems.flatMap((item) =>
      Object.entries(item).map(([part, { TableName }]) => ({
        action: transactAction[part] ?? part,
        resource: tableArn(TableName),
      })),
    );
  }
  const tables = request.RequestItems ? Object.keys(request.RequestItems) : [request.TableName];
  return tables.map((name) => ({
    action: operation,
    resource: tableArn(name ?? '') + (request.IndexName ? `/index/${request.IndexName}` : ''),
  }));
};

/** The first access that the policies do not allow, or undefined when all is allowed. */
export const firstDenied = (
  statements: readonly Statement[],
  operation: string,
  request: TableRequest,
): Access | undefined =>
  accessesOf(operation, request).find(
    ({ action, resource }) => !isAllowed(statements, `dynamodb:${action}`, resource),
  );
