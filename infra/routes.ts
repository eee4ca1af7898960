/** An action on the table, as IAM names it. */
export type TableAction =
  | 'BatchGetItem'
  | 'ConditionCheckItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'PutItem'
  | 'Query'
  | 'UpdateItem';

/** One function of the stack: its source, and no more of the table than its code uses. */
export interface FunctionSpec {
  /** `functions/<entry>.ts` */
  entry: string;
  onTable: readonly TableAction[];
  onIndex?: readonly TableAction[];
  /** Hashes passwords: gets their settings, and the processor share that bcrypt wants. */
  hashes?: boolean;
}

/** One endpoint: a method and a path, behind the authorizer. */
export interface Route extends FunctionSpec {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
}

const route = (
  methodAndPath: `${Route['method']} /${string}`,
  entry: string,
  spec: Omit<FunctionSpec, 'entry'>,
): Route => {
  const [method, path] = methodAndPath.split(' ') as [Route['method'], string];
  return { method, path, entry, ...spec };
};

/** Every endpoint of the API. A transaction needs the action of each of its parts. */
export const routes: readonly Route[] = [
  route('GET /api/v1/users/me', 'users/me', { onTable: ['Query'] }),
  route('GET /api/v1/users', 'users/list', { onTable: ['BatchGetItem'], onIndex: ['Query'] }),
  route('POST /api/v1/users/{userName}', 'users/create', {
    onTable: ['GetItem', 'PutItem', 'ConditionCheckItem'],
    hashes: true,
  }),
  route('GET /api/v1/users/{userName}', 'users/get', { onTable: ['BatchGetItem'] }),
  route('DELETE /api/v1/users/{userName}', 'users/delete', {
    onTable: ['GetItem', 'Query', 'ConditionCheckItem', 'DeleteItem'],
  }),
  route('PUT /api/v1/users/{userName}/password', 'users/set-password', {
    onTable: ['GetItem', 'Query', 'ConditionCheckItem', 'UpdateItem'],
    hashes: true,
  }),
];

export const authorizer: FunctionSpec = { entry: 'authorizer', onTable: ['BatchGetItem'] };

/** On no route: whoever may invoke it by IAM is the root of trust. */
export const bootstrap: FunctionSpec = {
  entry: 'bootstrap',
  onTable: ['GetItem', 'PutItem', 'UpdateItem'],
  hashes: true,
};
