import { describe, expect, it } from 'vitest';
import {
  type Call,
  call,
  createUser,
  everything,
  freshName,
  type Grant,
  grantTo,
  keyFor,
  login,
  newCaller,
  tokenFor,
  userAdmin,
} from '../support/api.ts';
import { document, type Operation, operations } from '../support/contract.ts';

/* Every sentence that the OpenAPI document gives as an example of a refusal is one that the API says. */

const read: Grant = ['table', 'orders_table', 'read'];
const kinds = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n): Grant => [`kind-${from + n}`, 'orders_table', 'read']);

/** What of the example of an operation is sent otherwise, so that it is refused. */
interface Change {
  token?: string | null;
  path?: Record<string, string>;
  query?: Record<string, string | undefined>;
  body?: object;
  headers?: Record<string, string>;
}

/** How a user of that name comes about who is then refused, or about whom one is. */
type Recipe = (name: string) => Promise<Change>;

const withUser =
  (change: Change, ...grants: Grant[]): Recipe =>
  async (name) => {
    await createUser(name, ...grants);
    return change;
  };
const withBody = (body: object) => withUser({ body });
/** Asked by somebody with these grants, about a user who has one. */
const by =
  (...grants: Grant[]): Recipe =>
  async (name) => {
    await createUser(name, read);
    return { token: (await newCaller(grants)).token };
  };
const withKeyOf =
  (change: Change, ...grants: Grant[]): Recipe =>
  async (name) => {
    await createUser(name, ...grants);
    return { ...change, token: await tokenFor(name) };
  };

const wrong = { new_password: 'newS3cr3tP@sswOrd', current_password: 'notTheP@sswOrd' };
const notJson = withUser({ headers: { 'Content-Type': 'text/plain' } });

/** By what a sentence begins with; for single operations before that. */
const recipes: Record<string, Recipe> = {
  'userName must be': async () => ({ path: { userName: '.x' } }),
  'There is no user': async () => ({}),
  'This needs the permission': by(),
  'To ask about': by(),
  'evaluateMany To ask about': async (name) => ({
    ...(await by()(name)),
    body: {
      subject: { type: 'user', id: name },
      action: { name: 'read' },
      resource: { type: 'table', id: 'orders_table' },
    },
  }),
  'This user has a permission that you do not cover': by(userAdmin),
  'Send the body as JSON': notJson,
  'name is missing': withBody({}),
  'username is missing': withBody({}),
  'subject is missing': withBody({}),
  'resource is missing': withBody({ subject: { type: 'user', id: 'x' } }),
  'revokePermissions resource is missing': withUser({ query: { resource: undefined } }),
  'limit must be': withUser({ query: { limit: '0' } }),
  'after must be': withUser({ query: { after: 'yesterday' } }),
  'type must be': withBody({ resource: 'x', resource_type: 'table', type: 'own' }),
  'password must have': async () => ({ body: { password: 'seven77' } }),
  'The body has both': async () => ({
    body: {
      password: 's3cr3tP@sswOrd',
      password_hash:
        document.paths['/api/v1/users/{userName}'].post.requestBody.content['application/json']
          .schema.properties.password_hash.examples[0],
    },
  }),
  'password_hash must be': async () => ({ body: { password_hash: 'JDJiJDEyJA==' } }),
  'new_password must have': withBody({ new_password: 'seven77' }),
  'expires_in must be': withBody({ username: 'x', password: 'x', expires_in: '721h' }),
  'evaluations must be': withBody({ evaluations: {} }),
  'page.token must be': withBody({
    subject: { type: 'user', id: 'x' },
    action: { name: 'read' },
    resource: { type: 'table', id: 'x' },
    page: { token: 'x' },
  }),
  'createUser This needs the permission admin on table': async () => ({
    token: (await newCaller([userAdmin])).token,
  }),
  'createUser This needs the permission admin on user': async () => ({
    token: (await newCaller([])).token,
  }),
  'A key for this user needs the user to have': withUser({}),
  "This needs a session's token": async (name) => {
    await createUser(name);
    const { encoded, key_id } = await keyFor(name);
    return { token: encoded, path: { keyId: key_id } };
  },
  'current_password is not': withKeyOf({ body: wrong }),
  'The username or the password is wrong': async () => ({}),
  'Too many wrong passwords': async (name) => {
    await createUser(name);
    for (let n = 0; n < 5; n++) await login(name, { password: 'notTheP@sswOrd' });
    return { body: { username: name, password: 'x' } };
  },
  'setUserPassword Too many wrong passwords': async (name) => {
    await createUser(name);
    const token = await tokenFor(name);
    const again = () => call(`PUT /api/v1/users/${name}/password`, { token, body: wrong });
    for (let n = 0; n < 5; n++) await again();
    return { token, body: wrong };
  },
  'This user does not have the permission': withUser({}),
  'The user johndoe has no API key': withUser({}),
  'There is already a user': withUser({}),
  'A global admin cannot delete itself': withKeyOf({}, everything),
  'A global admin cannot give up': withKeyOf(
    { query: { resource: '*', resourceType: '*', type: 'admin' } },
    everything,
  ),
  'This user has 100 permissions': async (name) => {
    await createUser(name, ...kinds(50));
    for (const kind of kinds(50, 50)) await grantTo(name, kind);
    return {};
  },
  'This user has 100 API keys': async (name) => {
    await createUser(name, read);
    for (let n = 0; n < 10; n++) await Promise.all(Array.from({ length: 10 }, () => keyFor(name)));
    return {};
  },
};

const recipeFor = (operationId: string, sentence: string): Recipe => {
  const found = Object.entries(recipes)
    .filter(
      ([start]) => `${operationId} ${sentence}`.startsWith(start) || sentence.startsWith(start),
    )
    .sort(([a], [b]) => b.length - a.length)[0];
  if (!found) throw new Error(`Nothing here makes ${operationId} say: ${sentence}`);
  return found[1];
};

/** The documented sentences of an operation's own, with their statuses. */
const documented = operations.flatMap((operation) =>
  Object.entries<{ content?: Record<string, { examples?: object }> }>(
    operation.json.responses,
  ).flatMap(([status, { content }]) =>
    Object.keys(content?.['application/json']?.examples ?? {})
      .filter((sentence) => status !== '429' || sentence.startsWith('Too many wrong'))
      .map((sentence) => ({ id: operation.json.operationId, operation, status, sentence })),
  ),
);

/** Sends the example of an operation about a user of that name, changed. */
const send = (
  { method, path, parameters, json }: Operation,
  name: string,
  { body, token, headers, ...changed }: Change,
) => {
  const valuesIn = (place: 'path' | 'query'): Record<string, string | undefined> => ({
    ...Object.fromEntries(
      parameters
        .filter((one) => one.in === place && one.example !== undefined)
        .map((one) => [one.name, String(one.example).replace('johndoe', name)]),
    ),
    ...changed[place],
  });
  const inPath = valuesIn('path');
  const inQuery = Object.entries(valuesIn('query')).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(inQuery as [string, string][]);
  const filled = path.replace(/\{(\w+)\}/g, (_, one: string) => inPath[one] ?? '');
  const example = json.requestBody?.content['application/json'].example;
  const named = example && JSON.parse(JSON.stringify(example).replaceAll('johndoe', name));
  return call(`${method} ${filled}?${query}`, {
    ...{ body: body ?? named },
    ...(token !== undefined && { token }),
    ...(headers && { headers }),
  });
};

describe('what the document says of refusals, the API says', () => {
  it.each(documented)('$id: $status $sentence', async ({ id, operation, status, sentence }) => {
    const name = freshName('johndoe');
    const change = await recipeFor(id, sentence)(name);
    const reply = await send(operation, name, change);
    const said = sentence
      .replaceAll('johndoe', name)
      .replaceAll('K0VbvELKM8SsrLuWrB7e', change.path?.keyId ?? '');
    const { error } = reply.body ?? {};
    expect({ status: String(reply.status), error }).toEqual({ status, error: said });
  });
});

it.each<[keyof typeof document.components.responses, string, Call]>([
  ['Unauthorized', 'GET /api/v1/users/me', { token: null }],
  ['ContentTooLarge', 'POST /access/v1/evaluation', { raw: JSON.stringify('x'.repeat(65_536)) }],
  [
    'UnsupportedMediaType',
    'POST /api/v1/sessions',
    { raw: 'x', headers: { 'Content-Type': 'text/plain' } },
  ],
])('and so it says %s', async (name, route, options) => {
  const { examples } = document.components.responses[name].content['application/json'];
  const { body } = await call(route, options);
  expect(Object.keys(examples)).toContain(body.error);
});

it('and so it says that a token has ended', async () => {
  const name = await createUser();
  const [gone, other] = [await keyFor(name), await tokenFor(name)];
  const me = () => call('GET /api/v1/users/me', { token: gone.encoded });
  expect((await me()).status).toBe(200);
  await call(`DELETE /api/v1/users/${name}/api-keys/${gone.key_id}`, { token: other });
  const { examples } = document.components.responses.Unauthorized.content['application/json'];
  expect(Object.keys(examples)).toContain((await me()).body.error);
});
