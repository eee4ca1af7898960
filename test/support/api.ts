import { inject } from 'vitest';
import { checkExchange } from './contract.ts';
import { secretsIn } from './secrets.ts';

/** What came back, body parsed if there is one. */
export interface Reply {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
  body: any;
}

export interface Call {
  token?: string | null;
  body?: unknown;
  headers?: Record<string, string>;
  /** Sent as it is instead of `body`. */
  raw?: string | Uint8Array;
}

/** A body as whoever gets it reads it. */
const parsed = (sent: string | Uint8Array | undefined): unknown => {
  try {
    return JSON.parse(sent === undefined ? '' : Buffer.from(sent).toString());
  } catch {
    return undefined;
  }
};

/**
 * Makes what calls one API as its admin, or with another token, or with none (`null`). Throws when an answer
 * is not what the OpenAPI document says, or gives a secret away.
 */
export const caller =
  (baseUrl: string, adminToken: string) =>
  async (route: string, options: Call = {}): Promise<Reply> => {
    const [method = 'GET', path = ''] = route.split(' ');
    const { token = adminToken, body, raw, headers } = options;
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const url = new URL(path, baseUrl);
    const response = await fetch(url, {
      method,
      headers: {
        ...(token !== null && { Authorization: `Bearer ${token}` }),
        ...(sent !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(sent !== undefined && { body: sent as string }),
    });
    const text = await response.text();
    const secrets = response.status < 300 ? [] : secretsIn(text);
    if (secrets.length > 0) throw new Error(`${route} gives a secret away: ${secrets}`);
    const reply = {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
    checkExchange({ method, url, body: parsed(sent) }, reply);
    return reply;
  };

const target = inject('target');
export const call = caller(target.baseUrl, target.token);

export const password = 's3cr3tP@sswOrd';
export const users = '/api/v1/users';
export const sessions = '/api/v1/sessions';

let made = 0;
/** A username that no other test uses. */
export const freshName = (start = 'user'): string =>
  `${start}-${process.pid}-${Date.now().toString(36)}-${made++}`;

/** A permission written short. */
export type Grant = [resource_type: string, resource: string, type: string];
export const everything: Grant = ['*', '*', 'admin'];
export const userAdmin: Grant = ['user', '*', 'admin'];

export const permissions = (...short: Grant[]) =>
  short.map(([resource_type, resource, type]) => ({ resource, resource_type, type }));

/** The answer, if it has the status expected. */
export const expecting = async (status: number, reply: Promise<Reply>) => {
  const { status: got, body } = await reply;
  if (got !== status) throw new Error(`The answer was ${got}: ${body?.error}`);
  return body;
};

/** Creates a user as the admin. */
export const createUser = async (name = freshName(), ...grants: Grant[]): Promise<string> => {
  const body = { password, initial_policies: permissions(...grants) };
  await expecting(201, call(`POST ${users}/${encodeURIComponent(name)}`, { body }));
  return name;
};

export const grantTo = (name: string, grant: Grant, token?: string) =>
  call(`POST ${users}/${name}/permissions`, {
    body: permissions(grant)[0],
    ...(token && { token }),
  });

export const revokeFrom = (name: string, [resourceType, resource, type]: Grant, token?: string) => {
  const query = new URLSearchParams({ resource, resourceType, ...(type && { type }) });
  return call(`DELETE ${users}/${name}/permissions?${query}`, token ? { token } : {});
};

/** A new API key of a user, minted by the admin. */
export const keyFor = async (
  name: string,
  options: { scope?: Grant[]; expires_in?: string; token?: string } = {},
): Promise<{ key_id: string; encoded: string }> => {
  const { scope, expires_in, token } = options;
  const body = { name: 'test', expires_in, permissions: scope && permissions(...scope) };
  const path = `${users}/${encodeURIComponent(name)}/api-keys`;
  return expecting(201, call(`POST ${path}`, { body, ...(token && { token }) }));
};

export const tokenFor = async (...of: Parameters<typeof keyFor>) => (await keyFor(...of)).encoded;

/** A login of a user. */
export const login = (username: string, options: object = {}) =>
  call(`POST ${sessions}`, { token: null, body: { username, password, ...options } });

/** The token of a new session. */
export const sessionFor = async (name: string): Promise<string> =>
  (await expecting(201, login(name))).token;

/**
 * A new user with grants, and a token for it, perhaps a scoped one. A scope beyond the grants is that of
 * an owner who had them when the key was made.
 */
export const newCaller = async (grants: Grant[], scope?: Grant[]) => {
  const name = await createUser(freshName('caller'), ...grants);
  const beyond = (scope ?? []).filter((line) => !grants.some((grant) => `${grant}` === `${line}`));
  for (const line of beyond) await expecting(201, grantTo(name, line));
  const token = await tokenFor(name, scope ? { scope } : {});
  for (const line of beyond) await expecting(204, revokeFrom(name, line));
  return { name, token };
};
