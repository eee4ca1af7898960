// Every function of the stack with an event that it can be invoked with, and the table that it needs.
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import bcrypt from 'bcryptjs';
import { region } from '../../infra/local/template.ts';
import { authorizer, routes } from '../../infra/routes.ts';
import type { Permission } from '../../lib/access.ts';
import { newGrantItems, newUserItem, type UserItem } from '../../lib/table/items.ts';
import { tokenKey } from '../../lib/table/keys.ts';
import { mintToken } from '../../lib/tokens.ts';
import type { startBench } from './stack.ts';

const password = 's3cr3tP@sswOrd';
/** As deployed: infra/stages.ts. */
export const bcryptCost = 12;
/** Users that a listing finds. */
const listed = 2000;

const now = new Date().toISOString();
const granted = { by: 'bench', at: now };
/** Every user has a key and a session under the same ids. */
export const key = mintToken('api_key', 'bench');
const session = mintToken('session', 'bench');
const userItem = (name: string, passwordHash: string): UserItem => ({
  ...newUserItem({ name, userId: `id-${name}`, username: name, passwordHash, now }),
  api_keys: { [key.tokenId]: null },
  sessions: { [session.tokenId]: null },
});
const tokenItems = (name: string) =>
  [key, session].map(({ tokenId, secretHash }) => ({
    ...tokenKey(name, tokenId),
    user_id: `id-${name}`,
    kind: tokenId === key.tokenId ? 'api_key' : 'session',
    name: 'bench',
    secret_hash: secretHash,
    created_at: now,
    // So that no use has to be noted.
    last_used_at: new Date().toISOString(),
  }));
const grantItems = (name: string, permissions: Permission[]) =>
  newGrantItems({ name, userId: `id-${name}` }, permissions, granted);
const read = (resource: string, resource_type = 'table'): Permission => ({
  resource,
  resource_type,
  type: 'read',
});

const caller = (name: string, tokenId = key.tokenId) => ({
  username: name,
  user_id: `id-${name}`,
  token_id: tokenId,
});
const event = (
  authorizer: object,
  { path = {}, query = null, body }: { path?: object; query?: object | null; body?: object } = {},
) => ({
  headers: { Host: 'api.example.com', 'Content-Type': 'application/json' },
  pathParameters: path,
  queryStringParameters: query,
  multiValueQueryStringParameters: null,
  requestContext: {
    requestId: 'request-{n}',
    path: '/api/v1',
    domainName: 'api.example.com',
    identity: { sourceIp: '192.0.2.{n}' },
    authorizer,
  },
  body: body ? JSON.stringify(body) : null,
});
const admin = caller('boss');
const own = (prefix: string) => ({ userName: `${prefix}-{n}` });
const subject = { type: 'user', id: 'holder' };
const action = { name: 'read' };
const resource = { type: 'table', id: 'orders' };

/** What a function is invoked with: `{n}` in it is the number of the invocation. */
export interface Invocable {
  event: object;
  /** of the answer, where it has one */
  status?: number;
  /** It uses up what was put into the table for it. */
  few?: true;
  /** Users made for it: `<users>-0` and so on */
  users?: string;
}

const invocables: Record<string, Invocable> = {
  authorizer: {
    event: {
      type: 'TOKEN',
      methodArn: 'arn:aws:execute-api:us-east-1:000000000000:api/dev/GET/api/v1/users/me',
      authorizationToken: `Bearer ${key.encoded}`,
    },
  },
  'users/me': { status: 200, event: event(caller('holder')) },
  'users/list': { status: 200, event: event(admin, { query: { limit: '100' } }) },
  'users/get': { status: 200, event: event(admin, { path: { userName: 'holder' } }) },
  'users/create': {
    ...{ status: 201, few: true },
    event: event(admin, { path: own('made'), body: { password } }),
  },
  'users/set-password': {
    ...{ status: 200, few: true, users: 'renewed' },
    event: event(admin, { path: own('renewed'), body: { new_password: password } }),
  },
  'users/delete': {
    ...{ status: 204, few: true, users: 'gone' },
    event: event(admin, { path: own('gone') }),
  },
  'permissions/list': { status: 200, event: event(admin, { path: { userName: 'holder' } }) },
  'permissions/create': {
    ...{ status: 201, few: true, users: 'granted' },
    event: event(admin, { path: own('granted'), body: read('new') }),
  },
  'permissions/delete': {
    ...{ status: 204, few: true, users: 'revoked' },
    event: event(admin, {
      path: own('revoked'),
      query: { resource: 'orders', resourceType: 'table' },
    }),
  },
  'api-keys/list': { status: 200, event: event(admin, { path: { userName: 'holder' } }) },
  'api-keys/create': {
    ...{ status: 201, few: true, users: 'minted' },
    event: event(admin, { path: own('minted'), body: { name: 'k' } }),
  },
  'api-keys/delete': {
    ...{ status: 204, few: true, users: 'keyless' },
    event: event(admin, { path: { ...own('keyless'), keyId: key.tokenId } }),
  },
  'sessions/create': {
    ...{ status: 201, few: true, users: 'in' },
    event: event({}, { body: { username: 'in-{n}', password } }),
  },
  'sessions/delete': {
    ...{ status: 204, few: true, users: 'out' },
    event: event(caller('out-{n}', session.tokenId)),
  },
  'sessions/delete-all': {
    ...{ status: 204, few: true, users: 'away' },
    event: event(admin, { path: own('away') }),
  },
  'audit-events/list': { status: 200, event: event(admin, { path: { userName: 'holder' } }) },
  'authzen/evaluation': {
    status: 200,
    event: event(admin, { body: { subject, action, resource } }),
  },
  'authzen/evaluations': {
    status: 200,
    event: event(admin, {
      body: { subject, action, evaluations: Array.from({ length: 20 }, () => ({ resource })) },
    }),
  },
  'authzen/search-subject': {
    status: 200,
    event: event(admin, {
      body: { subject: { type: 'user' }, action, resource, page: { limit: 10 } },
    }),
  },
  'authzen/search-resource': {
    status: 200,
    event: event(admin, { body: { subject, action, resource: { type: 'table' } } }),
  },
  'authzen/search-action': { status: 200, event: event(admin, { body: { subject, resource } }) },
};

/** Those without one of their own say the same to everyone. */
export const invocableOf = (entry: string): Invocable =>
  invocables[entry] ?? { status: 200, event: event({}) };

/** Without the pages, which answer what bundling has put in. */
export const entries = [authorizer, ...routes].map(({ entry }) => entry);

/**
 * Fills the table for so many invocations of each function. Returns the environment of functions on it.
 * @param cost of passwords
 */
export const prepare = async (
  { table, TableName, endpoint }: Awaited<ReturnType<typeof startBench>>,
  count: number,
  cost = bcryptCost,
): Promise<NodeJS.ProcessEnv> => {
  const passwordHash = bcrypt.hashSync(password, cost);
  const put = async (items: readonly object[]) => {
    const puts = items.map((item) => ({ PutRequest: { Item: { ...item } } }));
    for (let n = 0; n < puts.length; n += 25) {
      const RequestItems = { [TableName]: puts.slice(n, n + 25) };
      await table.send(new BatchWriteCommand({ RequestItems }));
    }
  };
  const own = Object.values(invocables).flatMap(({ users }) =>
    users ? Array.from({ length: count }, (_, n) => `${users}-${n}`) : [],
  );
  await put(
    ['boss', 'holder', 'bench', ...own].flatMap((name) => [
      userItem(name, passwordHash),
      ...tokenItems(name),
      ...grantItems(
        name,
        name === 'boss' ? [{ ...read('*', '*'), type: 'admin' }] : [read('orders')],
      ),
    ]),
  );
  await put(Array.from({ length: listed }, (_, n) => userItem(`a-${n}`, passwordHash)));
  return {
    ...{ AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench', AWS_REGION: region },
    ...{ TABLE_ENDPOINT: endpoint, TABLE_NAME: TableName },
    // Of what asks by the SDK.
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    ...{ BCRYPT_COST: String(cost), PASSWORD_MIN_LENGTH: '8', FAILED_LOGIN_MS: '0' },
    AUDIT_RETENTION_DAYS: '400',
  };
};
