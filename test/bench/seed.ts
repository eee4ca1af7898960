// Puts users and grants into the table of a bench past the API, which would take hours.
import { setTimeout as sleep } from 'node:timers/promises';
import { BatchWriteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import bcrypt from 'bcryptjs';
import { newGrantItems, newUserItem } from '../../lib/table/items.ts';
import { userKey } from '../../lib/table/keys.ts';
import type { startBench } from './stack.ts';

type Bench = Awaited<ReturnType<typeof startBench>>;

export const users = '/api/v1/users';
export const password = 's3cr3tP@sswOrd';
const passwordHash = bcrypt.hashSync(password, 10);
const now = new Date().toISOString();

/** Requests under way at once: more make DynamoDB Local no faster. */
const atOnce = 4;
/** Most items of one BatchWriteItem. */
const batchSize = 25;

const put = async ({ table, TableName }: Bench, count: number, itemOf: (n: number) => object) => {
  let next = 0;
  const writer = async () => {
    while (next < count) {
      const from = next;
      next += batchSize;
      const some = Array.from({ length: Math.min(batchSize, count - from) }, (_, n) => ({
        PutRequest: { Item: { ...itemOf(from + n) } },
      }));
      await table.send(new BatchWriteCommand({ RequestItems: { [TableName]: some } }));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, writer));
};

/** The n-th user by name, of those seeded. */
export const nameOf = (n: number): string => `user-${String(n).padStart(6, '0')}`;
/** As long as a UUID. */
const userIdOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** Users from the n-th to before another. All have the one password, and none may do anything. */
export const seedUsers = (bench: Bench, from: number, to: number): Promise<void> =>
  put(bench, to - from, (n) => {
    const [name, userId] = [nameOf(from + n), userIdOf(from + n)];
    return newUserItem({ name, userId, username: name, passwordHash, now });
  });

/** What the n-th grant of everyone is about. */
export const resourceOf = (n: number): string => `orders-${String(n).padStart(5, '0')}`;
export const read = (resource: string) => ({
  resource,
  resource_type: 'table',
  type: 'read' as const,
});
export const admin = (resource_type: string) => ({
  resource: '*',
  resource_type,
  type: 'admin' as const,
});

const grantItem = (name: string, userId: string, resource: string): object =>
  newGrantItems({ name, userId }, [read(resource)], { by: 'admin', at: now })[0] ?? {};

/** A user with so many grants beside those in `policies`, and a key of its own. */
export const seedHolder = async (
  bench: Bench,
  name: string,
  grants: number,
  policies: object[] = [],
): Promise<{ name: string; userId: string; token: string }> => {
  await bench.call(`POST ${users}/${name}`, 201, { password, initial_policies: policies });
  const { encoded } = await bench.call(`POST ${users}/${name}/api-keys`, 201, { name: 'bench' });
  const get = new GetCommand({ TableName: bench.TableName, Key: userKey(name) });
  const { Item } = await bench.table.send(get);
  const userId: string = Item?.user_id;
  await put(bench, grants, (n) => grantItem(name, userId, resourceOf(n)));
  return { name, userId, token: encoded };
};

/** A resource that the first ten users may read. */
export const shared = 'handbook';
export const seedShared = (bench: Bench): Promise<void> =>
  put(bench, 10, (n) => grantItem(nameOf(n), userIdOf(n), shared));

/**
 * Tries again what took too long, a 503 or 504: on a busy machine DynamoDB Local takes longer for a large part of
 * a large index than a function waits for it.
 */
export const patiently = async <T>(task: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries++) {
    try {
      return await task();
    } catch (error) {
      if (tries === 10 || !/busy|in time/.test(String(error))) throw error;
      await sleep(3000);
    }
  }
};
