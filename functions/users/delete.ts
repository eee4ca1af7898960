import { endpoint } from '../../lib/http/endpoint.ts';
import { userPath } from '../../lib/names.ts';
import { deleteUser } from '../../lib/users.ts';

/** DELETE /users/{userName}: the user, its tokens and its permissions are gone. */
export const handler = endpoint('users.delete', {
  path: userPath,
  handle: async ({ caller, path }) => {
    await deleteUser(caller, path.userName);
    return { status: 204 };
  },
});
