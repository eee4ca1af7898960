import { ApiError, type Client, type Permission } from '../../../lib/client/client.ts';
import { Problem } from '../../local/problem.ts';
import { type Exported, nameOf } from './entry.ts';

const pageSize = 1000;
/** What who may not see a hash sees instead. */
const hidden = '********';

const byName = (a: Permission, b: Permission): number => (nameOf(a) < nameOf(b) ? -1 : 1);

/** A user with all it is granted, in a fixed order; undefined for one that is gone meanwhile. */
const readUser = async (client: Client, userName: string): Promise<Exported | undefined> => {
  try {
    const path = { userName };
    const user = await client.get('/api/v1/users/{userName}', { path });
    const password_hash = Buffer.from(user.password_hash, 'base64').toString();
    if (password_hash === hidden) {
      throw new Problem(
        `The password hash of ${user.username} is not yours to see: export with admin on user *.`,
      );
    }
    const permissions: Permission[] = [];
    for await (const { resource, resource_type, type } of client.list(
      '/api/v1/users/{userName}/permissions',
      { path },
    )) {
      permissions.push({ resource, resource_type, type });
    }
    return { username: user.username, password_hash, permissions: permissions.sort(byName) };
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
};

/** All users by name, each as it is when it is read; `concurrency` are read at once, and no more are held. */
export async function* exportUsers(
  client: Client,
  { prefix, concurrency }: { prefix?: string; concurrency: number },
): AsyncGenerator<Exported> {
  const query = { limit: pageSize, ...(prefix !== undefined && { prefix }) };
  const reading: Promise<Exported | undefined>[] = [];
  for await (const { username } of client.list('/api/v1/users', { query })) {
    const user = readUser(client, username);
    // It is awaited in its turn; until then its failure is nobody's.
    user.catch(() => {});
    reading.push(user);
    if (reading.length < concurrency) continue;
    const next = await reading.shift();
    if (next) yield next;
  }
  for (const user of reading) {
    const next = await user;
    if (next) yield next;
  }
}
