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
  /** Lets anyone try a password: gets how long a failure has to take. */
  logsIn?: boolean;
}

/** One endpoint: a method and a path, behind the authorizer unless it is open. */
export interface Route extends FunctionSpec {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  /** Why it answers without a token. */
  open?: string;
}

const route = (
  methodAndPath: `${Route['method']} /${string}`,
  entry: string,
  spec: Omit<Route, 'method' | 'path' | 'entry'>,
): Route => {
  const [method, path] = methodAndPath.split(' ') as [Route['method'], string];
  return { method, path, entry, ...spec };
};

/** What recording takes: the event, and the counter that bounds refusals. */
const records = ['PutItem', 'UpdateItem'] as const;

/** Every endpoint of the API. A transaction needs the action of each of its parts. */
export const routes: readonly Route[] = [
  route('GET /api/v1/users/me', 'users/me', { onTable: ['Query'] }),
  route('GET /api/v1/users', 'users/list', { onTable: ['BatchGetItem'], onIndex: ['Query'] }),
  route('POST /api/v1/users/{userName}', 'users/create', {
    onTable: ['GetItem', 'ConditionCheckItem', ...records],
    hashes: true,
  }),
  route('GET /api/v1/users/{userName}', 'users/get', { onTable: ['BatchGetItem'] }),
  route('DELETE /api/v1/users/{userName}', 'users/delete', {
    onTable: ['GetItem', 'Query', 'ConditionCheckItem', 'DeleteItem', ...records],
  }),
  route('PUT /api/v1/users/{userName}/password', 'users/set-password', {
    onTable: ['GetItem', 'Query', 'ConditionCheckItem', 'DeleteItem', ...records],
    hashes: true,
  }),

  route('GET /api/v1/users/{userName}/permissions', 'permissions/list', {
    onTable: ['BatchGetItem', 'Query'],
  }),
  route('POST /api/v1/users/{userName}/permissions', 'permissions/create', {
    onTable: ['GetItem', 'ConditionCheckItem', ...records],
  }),
  route('DELETE /api/v1/users/{userName}/permissions', 'permissions/delete', {
    onTable: ['GetItem', 'ConditionCheckItem', 'DeleteItem', ...records],
  }),

  route('GET /api/v1/users/{userName}/api-keys', 'api-keys/list', {
    onTable: ['BatchGetItem', 'Query'],
  }),
  route('POST /api/v1/users/{userName}/api-keys', 'api-keys/create', {
    onTable: ['GetItem', 'Query', 'ConditionCheckItem', ...records],
  }),
  route('DELETE /api/v1/users/{userName}/api-keys/{keyId}', 'api-keys/delete', {
    onTable: ['GetItem', 'ConditionCheckItem', 'DeleteItem', ...records],
  }),

  route('POST /api/v1/sessions', 'sessions/create', {
    onTable: ['BatchGetItem', 'ConditionCheckItem', 'DeleteItem', ...records],
    hashes: true,
    logsIn: true,
    open: 'A login is how one gets a token; the username and password are checked by the function.',
  }),
  route('DELETE /api/v1/sessions/current', 'sessions/delete', {
    onTable: ['GetItem', 'DeleteItem', ...records],
  }),
  route('DELETE /api/v1/users/{userName}/sessions', 'sessions/delete-all', {
    onTable: ['GetItem', 'ConditionCheckItem', ...records],
  }),

  route('GET /api/v1/users/{userName}/audit-events', 'audit-events/list', {
    onTable: ['BatchGetItem', 'Query'],
  }),

  route('POST /access/v1/evaluation', 'authzen/evaluation', { onTable: ['BatchGetItem'] }),
  route('POST /access/v1/evaluations', 'authzen/evaluations', { onTable: ['BatchGetItem'] }),
  route('POST /access/v1/search/subject', 'authzen/search-subject', {
    onTable: ['BatchGetItem'],
    onIndex: ['Query'],
  }),
  route('POST /access/v1/search/resource', 'authzen/search-resource', {
    onTable: ['BatchGetItem', 'Query'],
  }),
  route('POST /access/v1/search/action', 'authzen/search-action', { onTable: ['BatchGetItem'] }),
  route('GET /.well-known/authzen-configuration', 'authzen/configuration', {
    onTable: [],
    open: 'Whoever looks for the decision point has no token yet; it says where it is, and no more.',
  }),

  route('GET /openapi.json', 'openapi', {
    onTable: [],
    open: 'What the API takes is no secret, and tools that read it have no token; it says nothing more.',
  }),
];

/** Pages for people, in which a browser calls the API. */
export const pages: readonly Route[] = [
  route('GET /console', 'console', {
    onTable: [],
    open: 'A page on which one logs in is there before one has; whatever it shows, it asks the API for.',
  }),
  route('GET /docs', 'docs/page', {
    onTable: [],
    open: 'It shows openapi.json, which is open: who learns how to get a token has none yet.',
  }),
  route('GET /docs/{file}', 'docs/script', {
    onTable: [],
    open: 'The script of an open page, the same for everyone: browsers ask for it without a token.',
  }),
];

/** Reads who calls, and notes that a key is in use. */
export const authorizer: FunctionSpec = {
  entry: 'authorizer',
  onTable: ['BatchGetItem', 'UpdateItem'],
};

/** On no route: whoever may invoke it by IAM is the root of trust. */
export const bootstrap: FunctionSpec = {
  entry: 'bootstrap',
  onTable: ['GetItem', 'PutItem', 'UpdateItem'],
  hashes: true,
};
