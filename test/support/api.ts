import { inject } from 'vitest';

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

const { baseUrl, token: adminToken } = inject('target');

/** Calls the API as the admin, or with another token, or with none (`null`). */
export const call = async (route: string, options: Call = {}): Promise<Reply> => {
  const [method = 'GET', path = ''] = route.split(' ');
  const { token = adminToken, body, raw, headers } = options;
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(new URL(path, baseUrl), {
    method,
    headers: {
      ...(token !== null && { Authorization: `Bearer ${token}` }),
      ...(sent !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(sent !== undefined && { body: sent as string }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
};

export const password = 's3cr3tP@sswOrd';
export const users = '/api/v1/users';

let made = 0;
/** A username that no other test uses. */
export const freshName = (start = 'user'): string =>
  `${start}-${process.pid}-${Date.now().toString(36)}-${made++}`;

type Permission = [resource_type: string, resource: string, type: string];
/** Permissions written short. */
export const permissions = (...short: Permission[]) =>
  short.map(([resource_type, resource, type]) => ({ resource, resource_type, type }));

/** Creates a user as the admin. */
export const createUser = async (name = freshName(), ...grants: Permission[]): Promise<string> => {
  const body = { password, initial_policies: permissions(...grants) };
  const { status, body: answer } = await call(`POST ${users}/${encodeURIComponent(name)}`, {
    body,
  });
  if (status !== 201) throw new Error(`The user was not created: ${answer.error}`);
  return name;
};
