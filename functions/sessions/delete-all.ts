import { endpoint } from '../../lib/http/endpoint.ts';
import { userPath } from '../../lib/names.ts';
import { deleteSessions } from '../../lib/sessions.ts';

/** DELETE /users/{userName}/sessions: every session of a user is over. */
export const handler = endpoint('sessions.delete-all', {
  path: userPath,
  handle: async ({ caller, path }) => {
    await deleteSessions(caller, path.userName);
    return { status: 204 };
  },
});
