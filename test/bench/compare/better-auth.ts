import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { toRequest } from './connection.ts';
import type { System } from './system.ts';

const server = join(import.meta.dirname, 'better-auth.mjs');

const answerOf = async (child: ChildProcess) => (await once(child, 'message'))[0];

/**
 * better-auth on SQLite in `folder`. Its admin endpoints refuse an API key's session, so administration goes
 * by a login's token; over HTTP it checks the permissions of nobody but the caller.
 * @param bcryptCost of its passwords; 0 leaves it its own scrypt
 */
export const startBetterAuth = async (folder: string, bcryptCost: number): Promise<System> => {
  if (!existsSync(join(import.meta.dirname, '../node_modules/better-auth'))) {
    throw new Error(
      'better-auth is not installed: run `npm ci --ignore-scripts --prefix test/bench`.',
    );
  }
  const name = bcryptCost > 0 ? 'better-auth' : 'better-auth, its own scrypt';
  const child = fork(server, {
    env: {
      ...env,
      NODE_ENV: 'production',
      DATABASE_FILE: join(folder, `better-auth-${bcryptCost}.db`),
      BCRYPT_COST: String(bcryptCost),
    },
  });
  const { baseUrl, token, key } = await answerOf(child);
  const admin = { Authorization: `Bearer ${token}` };
  const ask = (route: string, headers: Record<string, string>, body?: object) =>
    toRequest(route.replace(' ', ' /api/auth'), headers, body);
  const ok = (request: string, holds: string) => ({ request, status: 200, holds });

  const me = ok(ask('GET /get-session', { 'x-api-key': key }), '"email":"admin@example.com"');
  const check = ok(
    ask('POST /admin/has-permission', admin, { permissions: { user: ['list'] } }),
    '"success":true',
  );
  const list = ok(ask('GET /admin/list-users?limit=100', admin), '"limit":100');
  return {
    name,
    baseUrl,
    pid: child.pid ?? 0,
    seed: async (names) => {
      child.send(names);
      await answerOf(child);
    },
    operations: {
      'who am I by API key': () => me,
      'permission check': () => check,
      'list 100': () => list,
      'create user': (user, password) =>
        ok(
          ask('POST /admin/create-user', admin, {
            ...{ email: `${user}@example.com`, password, name: user, role: 'user' },
          }),
          `"email":"${user}@example.com"`,
        ),
      'set password': (user, password) =>
        ok(
          ask('POST /admin/set-user-password', admin, { userId: user, newPassword: password }),
          '"status":true',
        ),
      'delete user': (user) =>
        ok(ask('POST /admin/remove-user', admin, { userId: user }), '"success":true'),
    },
    namesIn: (body) => JSON.parse(body).users.map((user: { name: string }) => user.name),
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
};
