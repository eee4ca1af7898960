import { endpoint } from '../../lib/http/endpoint.ts';
import { userPath } from '../../lib/names.ts';
import { showHash } from '../../lib/passwords.ts';
import { readUser } from '../../lib/users.ts';

/** GET /users/{userName}: one user. */
export const handler = endpoint('users.get', {
  path: userPath,
  handle: async ({ caller, path }) => {
    const user = await readUser(caller, path.userName);
    return {
      status: 200,
      body: { username: user.username, password_hash: showHash(user.passwordHash) },
    };
  },
});
