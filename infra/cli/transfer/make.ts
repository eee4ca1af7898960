import { ApiError, type Client } from '../../../lib/client/client.ts';
import { verifyPassword } from '../../../lib/passwords.ts';
import { type Entry, nameOf } from './entry.ts';

/** The API takes so many with a new user, in one transaction. */
const mostFirst = 50;
const route = '/api/v1/users/{userName}';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const bodyOf = ({ secret, permissions }: Entry) => {
  const initial_policies = permissions.slice(0, mostFirst);
  return 'hash' in secret
    ? { password_hash: base64(secret.hash), initial_policies }
    : { password: secret.password, initial_policies };
};

/**
 * Whether a user that is there is the one of the line. Hashes of two systems, or of two people, are never
 * the same, as each has a salt of its own.
 */
const isSame = async (client: Client, { username, secret }: Entry): Promise<boolean> => {
  const user = await client.get(route, { path: { userName: username } });
  const hash = Buffer.from(user.password_hash, 'base64').toString();
  if ('hash' in secret) return hash === secret.hash;
  return hash.startsWith('$2') && verifyPassword(secret.password, hash);
};

/**
 * Makes the user of a line with all its permissions, or completes what an earlier try began. Rejects with
 * the API's `ApiError`, of which 409 says that somebody else has the name: nothing of theirs was touched.
 * @param completes gives the permissions to whoever has the name
 */
export const makeUser = async (
  client: Client,
  entry: Entry,
  completes: boolean,
): Promise<'made' | 'there'> => {
  const path = { userName: entry.username };
  let rest = entry.permissions.slice(mostFirst);
  let outcome: 'made' | 'there' = 'made';
  try {
    // If it was done and nobody heard, the next try finds the user.
    await client.post(route, { path, body: bodyOf(entry), repeatable: true });
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 409) throw error;
    if (!completes && !(await isSame(client, entry))) {
      const { message, requestId } = error;
      throw new ApiError(`${message} It has another password hash, so it was left as it is.`, {
        status: 409,
        ...(requestId !== undefined && { requestId }),
      });
    }
    outcome = 'there';
    const has = new Set<string>();
    if (entry.permissions.length > 0) {
      const held = client.list('/api/v1/users/{userName}/permissions', { path });
      for await (const permission of held) has.add(nameOf(permission));
    }
    rest = entry.permissions.filter((permission) => !has.has(nameOf(permission)));
  }
  for (const body of rest)
    await client.post('/api/v1/users/{userName}/permissions', { path, body });
  return outcome;
};
