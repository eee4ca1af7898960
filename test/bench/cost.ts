// What every operation costs at the table, by what a user is granted and how many users there are: requests,
// round trips, and units as AWS charges them. These figures are the same on any machine but for the deletion of
// a user of very many grants, which tidies up for four seconds, and for a listing of very many users: DynamoDB
// Local ends a page of the index at 1 MB of whole items, AWS at 1 MB of what the index keeps of them.
import { costOf, isByAuthorizer, isNote, startProxyTo } from '../support/table-proxy.ts';
import {
  admin,
  nameOf,
  password,
  patiently,
  read,
  resourceOf,
  seedHolder,
  seedShared,
  seedUsers,
  shared,
  users,
} from './seed.ts';
import { startBench, writeResult } from './stack.ts';

const userCounts = [10, 1000, 100_000];
const grantCounts = [1, 100, 10_000];
/** So long takes each request at least, so that parallel ones are seen to be. */
const heldMs = 50;
/** Where 1 MB of grants may be read. */
const longHeldMs = 400;
/** Where so much is deleted that the function looks at the clock: about what AWS takes. */
const shortlyHeldMs = 10;

let proxy: Awaited<ReturnType<typeof startProxyTo>> | undefined;
const bench = await startBench(async (endpoint) => {
  proxy = await startProxyTo(endpoint);
  proxy.count();
  return proxy.endpoint;
});
const { call } = bench;
const take = () => proxy?.take() ?? [];

type Row = { operation: string; grants: number; users: number } & ReturnType<typeof costOf>;
const results: Row[] = [];

/** Measures every operation on a user with so many grants: as that user, or as one who administers it. */
const measureAll = async (size: { grants: number; users: number }) => {
  // Of one length, which counts for units.
  const name = `holder-${userCounts.indexOf(size.users)}${grantCounts.indexOf(size.grants)}`;
  proxy?.hold(0);
  const { token } = await seedHolder(bench, name, size.grants);
  // Administers users but not everything, so must cover all that the user may do.
  const deputy = await seedHolder(bench, `deputy-${name}`, size.grants, [admin('user')]);
  const service = await seedHolder(bench, `service-${name}`, 0, [
    { ...admin('user'), type: 'read' },
  ]);
  const own = `${users}/${name}`;
  const add = (operation: string, requests: ReturnType<typeof take>) =>
    results.push({ operation, ...size, ...costOf(requests) });
  /** Calls the API as whoever has the token, by default a global admin; adds what its function asks. */
  const measure = async (
    operation: string,
    status: number,
    {
      route = operation.replace('{userName}', name),
      body,
      as,
    }: { route?: string; body?: object; as?: string } = {},
  ) => {
    const [method, path] = route.split(' ');
    take();
    const answer = await call(`${method} ${path?.replace(/^\/users/, users)}`, status, body, as);
    add(
      operation,
      take().filter((asked) => !isByAuthorizer(asked)),
    );
    return answer;
  };

  proxy?.hold(heldMs);
  take();
  await call(`GET ${users}/me`, 200, undefined, token);
  const asked = take().filter(isByAuthorizer);
  add(
    'authorizer',
    asked.filter((one) => !isNote(one)),
  );
  add('authorizer, noting that a key is in use', asked);

  await measure('GET /users?limit=100', 200);
  const route = `GET /users?limit=100&after=${nameOf(size.users / 2)}`;
  await measure('GET /users?limit=100, from the middle', 200, { route });
  for (let n = 0; n < 3; n++) {
    await patiently(() => measure('GET /users, whole', 200, { route: 'GET /users' }));
  }
  // On a busy machine some requests are made again.
  const [least] = results.splice(-3).sort((a, b) => a.requests - b.requests);
  if (least) results.push(least);

  if (size.grants > 1000) proxy?.hold(longHeldMs);
  await measure('GET /users/me', 200, { as: token });
  await measure('GET /users/{userName}', 200);
  await measure('GET /users/{userName}/permissions', 200, { as: token });

  const subject = { type: 'user', id: name };
  const action = { name: 'read' };
  const resource = { type: 'table', id: resourceOf(0) };
  const evaluation = { subject, action, resource };
  const evaluations = Array.from({ length: 100 }, (_, n) => ({
    resource: { type: 'table', id: resourceOf(n) },
  }));
  const ask = (api: string, what: string, body: object, as = service.token) =>
    measure(`POST /access/v1/${api}${what}`, 200, { route: `POST /access/v1/${api}`, body, as });
  await ask('evaluation', ', of another user', evaluation);
  await ask('evaluation', ', of oneself', evaluation, token);
  await ask('evaluations', ', 100 of one user', { subject, action, evaluations });
  await ask('search/action', '', { subject, resource });
  await ask('search/resource', ', 100 at most', {
    subject,
    action,
    resource: { type: 'table' },
    page: { limit: 100 },
  });
  await ask('search/subject', ', 10 of 11', {
    subject: { type: 'user' },
    action,
    resource: { type: 'table', id: shared },
    page: { limit: 10 },
  });
  await measure('GET /.well-known/authzen-configuration', 200);
  await measure('GET /openapi.json', 200);

  await measure('POST /users/{userName}/permissions', 201, { body: read('new') });
  await measure('POST /users/{userName}/permissions, again', 201, {
    route: `POST ${own}/permissions`,
    body: read('new'),
  });
  await measure('DELETE /users/{userName}/permissions', 204, {
    route: `DELETE ${own}/permissions?resource=new&resourceType=table`,
  });

  await measure('GET /users/{userName}/api-keys', 200, { as: token });
  const { key_id } = await measure('POST /users/{userName}/api-keys', 201, {
    body: { name: 'k' },
    as: token,
  });
  await measure('DELETE /users/{userName}/api-keys/{keyId}', 204, {
    route: `DELETE ${own}/api-keys/${key_id}`,
    as: token,
  });
  const forNow = { name: 'k', permissions: [read(resourceOf(0))] };
  await measure('POST /users/{userName}/api-keys, by who must cover all grants', 201, {
    route: `POST ${own}/api-keys`,
    body: forNow,
    as: deputy.token,
  });

  const login = { username: name, password };
  const sessions = 'POST /api/v1/sessions';
  const session = await measure('POST /sessions', 201, { route: sessions, body: login });
  await measure('POST /sessions, with a wrong password', 401, {
    route: sessions,
    body: { ...login, password: 'wrong' },
  });
  await measure('POST /sessions, after a wrong password', 201, { route: sessions, body: login });
  await measure('DELETE /sessions/current', 204, {
    route: 'DELETE /api/v1/sessions/current',
    as: session.token,
  });
  await measure('DELETE /users/{userName}/sessions', 204);
  const put = (what: string, body: object, as?: string) =>
    measure(`PUT /users/{userName}/password${what}`, 200, {
      route: `PUT ${own}/password`,
      body: { new_password: password, ...body },
      ...(as && { as }),
    });
  await put('', {});
  await put(', by its user', { current_password: password }, token);
  await put(', by who must cover all grants', {}, deputy.token);

  await measure('GET /users/{userName}/audit-events?limit=100', 200, { as: token });
  await measure('POST /users/{userName}', 201, {
    route: `POST /users/made-${name}`,
    body: { password, initial_policies: [read('new')] },
  });
  if (size.grants > 1000) proxy?.hold(shortlyHeldMs);
  await measure('DELETE /users/{userName}', 204);
};

let seeded = 0;
for (const count of userCounts) {
  await seedUsers(bench, seeded, count);
  if (seeded === 0) await seedShared(bench);
  seeded = count;
  for (const grants of grantCounts) await measureAll({ grants, users: count });
}
await bench.close();
proxy?.close();
writeResult('cost', { results });
