import { expect } from 'vitest';
import {
  call,
  createUser,
  everything,
  freshName,
  type Grant,
  keyFor,
  login,
  password,
  permissions,
  sessionFor,
  sessions,
  tokenFor,
  users,
} from './api.ts';

/** One call of an operation, made ready: all names in it are of its own. */
export interface Prepared {
  route: string;
  token: string | null;
  body?: unknown;
  /** The status of success. */
  status: number;
  /** What it answers again after it succeeded; without one the same. */
  again?: number;
  /** Whether what it changes is changed now, whole; and throws if it is half changed. */
  isDone?: () => Promise<boolean>;
  /** What a read must answer. */
  answer?: unknown;
}

const order: Grant = ['table', 'orders', 'read'];
const newPassword = 'newS3cr3tP@sswOrd';

/** All of one or none of one, else an error that says which. */
const whole = (parts: Record<string, boolean>): boolean => {
  const values = new Set(Object.values(parts));
  if (values.size > 1) throw new Error(`It is half done: ${JSON.stringify(parts)}`);
  return values.has(true);
};

const bodyOf = async (route: string) => (await call(`GET ${route}`)).body;
const historyHas = async (name: string, operation: string, more: object = {}) => {
  const events = await bodyOf(`${users}/${name}/audit-events?limit=1000`);
  return (
    Array.isArray(events) &&
    events.some((event) =>
      Object.entries({ operation, outcome: 'done', ...more }).every(([k, v]) => event[k] === v),
    )
  );
};
const statusOf = async (token: string) => (await call(`GET ${users}/me`, { token })).status;

/** A caller that may do everything, whose name holds `id`. */
const admin = async (id: string) => {
  const name = await createUser(`admin-${id}`, everything);
  return { name, token: await tokenFor(name) };
};

/** Prepares each operation of the API. `id` is part of every name, so of every request to the table. */
export const operations: Record<string, (id: string) => Promise<Prepared>> = {
  'GET /users/me': async (id) => {
    const name = await createUser(`self-${id}`, order);
    const answer = { username: name, permissions: permissions(order) };
    return { route: `GET ${users}/me`, token: await tokenFor(name), status: 200, answer };
  },
  'GET /users': async (id) => {
    const { name, token } = await admin(id);
    const route = `GET ${users}?prefix=${name}`;
    return { route, token, status: 200, answer: [{ username: name }] };
  },
  'POST /users/{userName}': async (id) => {
    const { token } = await admin(id);
    const name = `made-${id}`;
    const body = { password, initial_policies: permissions(order, ['table', 'b', 'read']) };
    const isDone = async () => {
      const granted = await bodyOf(`${users}/${name}/permissions`);
      return whole({
        user: (await call(`GET ${users}/${name}`)).status === 200,
        grants: granted.length === 2,
        history: await historyHas(name, 'users.create'),
      });
    };
    return { route: `POST ${users}/${name}`, token, body, status: 201, again: 409, isDone };
  },
  'GET /users/{userName}': async (id) => {
    const { name, token } = await admin(id);
    const answer = await bodyOf(`${users}/${name}`);
    return { route: `GET ${users}/${name}`, token, status: 200, answer };
  },
  'DELETE /users/{userName}': async (id) => {
    const { token } = await admin(id);
    const name = await createUser(`gone-${id}`, order);
    const key = await tokenFor(name);
    const isDone = async () =>
      whole({
        user: (await call(`GET ${users}/${name}`)).status === 404,
        key: (await statusOf(key)) === 401,
        history: await historyHas(name, 'users.delete'),
      });
    return { route: `DELETE ${users}/${name}`, token, status: 204, again: 404, isDone };
  },
  'PUT /users/{userName}/password': async (id) => {
    const { token } = await admin(id);
    const name = await createUser(`user-${id}`);
    const session = await sessionFor(name);
    const isDone = async () =>
      whole({
        password: (await login(name, { password: newPassword })).status === 201,
        sessions: (await statusOf(session)) === 401,
        history: await historyHas(name, 'users.set-password'),
      });
    const route = `PUT ${users}/${name}/password`;
    return { route, token, body: { new_password: newPassword }, status: 200, isDone };
  },
  'PUT /users/{userName}/password by its user': async (id) => {
    const name = await createUser(`user-${id}`);
    const token = await tokenFor(name);
    const isDone = async () =>
      whole({
        password: (await login(name, { password: newPassword })).status === 201,
        history: await historyHas(name, 'users.set-password'),
      });
    const body = { new_password: newPassword, current_password: password };
    return { route: `PUT ${users}/${name}/password`, token, body, status: 200, again: 403, isDone };
  },
  'GET /users/{userName}/permissions': async (id) => {
    const name = await createUser(`self-${id}`, order);
    const route = `GET ${users}/${name}/permissions`;
    return { route, token: await tokenFor(name), status: 200, answer: permissions(order) };
  },
  'POST /users/{userName}/permissions': async (id) => {
    const { token } = await admin(id);
    const name = await createUser(`user-${id}`);
    const isDone = async () =>
      whole({
        grant: (await bodyOf(`${users}/${name}/permissions`)).length === 1,
        history: await historyHas(name, 'permissions.create'),
      });
    const body = permissions(order)[0];
    return { route: `POST ${users}/${name}/permissions`, token, body, status: 201, isDone };
  },
  'DELETE /users/{userName}/permissions': async (id) => {
    const { token } = await admin(id);
    const name = await createUser(`user-${id}`, order, ['table', 'orders', 'write']);
    const isDone = async () =>
      whole({
        grants: (await bodyOf(`${users}/${name}/permissions`)).length === 0,
        history: await historyHas(name, 'permissions.delete'),
      });
    const route = `DELETE ${users}/${name}/permissions?resource=orders&resourceType=table`;
    return { route, token, status: 204, again: 404, isDone };
  },
  'GET /users/{userName}/api-keys': async (id) => {
    const { name, token } = await admin(id);
    // Used already, so that its use is not noted between.
    await statusOf(token);
    const answer = await bodyOf(`${users}/${name}/api-keys`);
    return { route: `GET ${users}/${name}/api-keys`, token, status: 200, answer };
  },
  'POST /users/{userName}/api-keys': async (id) => {
    const { token } = await admin(id);
    const name = await createUser(`user-${id}`);
    const isDone = async () =>
      whole({
        key: (await bodyOf(`${users}/${name}/api-keys`)).length > 0,
        history: await historyHas(name, 'api-keys.create'),
      });
    const body = { name: 'k' };
    return { route: `POST ${users}/${name}/api-keys`, token, body, status: 201, isDone };
  },
  'DELETE /users/{userName}/api-keys/{keyId}': async (id) => {
    const { token } = await admin(id);
    const name = await createUser(`user-${id}`);
    const key = await keyFor(name);
    const isDone = async () =>
      whole({
        dead: (await statusOf(key.encoded)) === 401,
        key: (await bodyOf(`${users}/${name}/api-keys`)).length === 0,
        history: await historyHas(name, 'api-keys.delete'),
      });
    const route = `DELETE ${users}/${name}/api-keys/${key.key_id}`;
    return { route, token, status: 204, again: 404, isDone };
  },
  'POST /sessions': async (id) => {
    const name = await createUser(`user-${id}`);
    const isDone = () => historyHas(name, 'sessions.create');
    return {
      route: `POST ${sessions}`,
      token: null,
      body: { username: name, password },
      status: 201,
      isDone,
    };
  },
  'POST /sessions with a wrong password': async (id) => ({
    route: `POST ${sessions}`,
    token: null,
    body: { username: await createUser(`user-${id}`), password: 'notTheP@sswOrd' },
    status: 401,
  }),
  'DELETE /sessions/current': async (id) => {
    const name = await createUser(`user-${id}`);
    const token = await sessionFor(name);
    const isDone = async () =>
      whole({
        dead: (await statusOf(token)) === 401,
        history: await historyHas(name, 'sessions.delete'),
      });
    return { route: `DELETE ${sessions}/current`, token, status: 204, again: 401, isDone };
  },
  'DELETE /users/{userName}/sessions': async (id) => {
    const { token } = await admin(id);
    const name = await createUser(`user-${id}`);
    const opened = [await sessionFor(name), await sessionFor(name)];
    const isDone = async () =>
      whole({
        first: (await statusOf(opened[0] ?? '')) === 401,
        second: (await statusOf(opened[1] ?? '')) === 401,
        history: await historyHas(name, 'sessions.delete-all'),
      });
    return { route: `DELETE ${users}/${name}/sessions`, token, status: 204, isDone };
  },
  'GET /users/{userName}/audit-events': async (id) => {
    const { name, token } = await admin(id);
    const answer = await bodyOf(`${users}/${name}/audit-events`);
    return { route: `GET ${users}/${name}/audit-events`, token, status: 200, answer };
  },
  'POST /users/{userName}/permissions refused': async (id) => {
    const name = await createUser(`user-${id}`);
    const token = await tokenFor(name);
    const body = permissions(everything)[0];
    return { route: `POST ${users}/${name}/permissions`, token, body, status: 403 };
  },
  ...Object.fromEntries(
    (
      [
        ['evaluation', { decision: true }],
        ['evaluations', { decision: true }],
        ['search/subject', undefined],
        ['search/resource', undefined],
        ['search/action', { results: [{ name: 'read' }] }],
      ] as const
    ).map(([api, answer]) => [
      `POST /access/v1/${api}`,
      async (id: string): Promise<Prepared> => {
        const resource = { type: 'record', id: `record-${id}` };
        const name = await createUser(`user-${id}`, ['record', resource.id, 'read']);
        const service = await createUser(`service-${id}`, ['user', '*', 'read']);
        const body = { subject: { type: 'user', id: name }, action: { name: 'read' }, resource };
        const found = api === 'search/resource' ? resource : { type: 'user', id: name };
        return {
          route: `POST /access/v1/${api}`,
          token: await tokenFor(service),
          body,
          status: 200,
          answer: answer ?? { results: expect.arrayContaining([found]) },
        };
      },
    ]),
  ),
  'GET /.well-known/authzen-configuration': async () => ({
    route: 'GET /.well-known/authzen-configuration',
    token: null,
    status: 200,
  }),
  'GET /openapi.json': async () => ({ route: 'GET /openapi.json', token: null, status: 200 }),
};

/** A text that no other run of an operation has in its names. */
export const freshId = (): string => freshName('run').toLowerCase();
