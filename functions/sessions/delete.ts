import { endpoint } from '../../lib/http/endpoint.ts';
import { deleteCurrentSession } from '../../lib/sessions.ts';

/** DELETE /sessions/current: logs out. */
export const handler = endpoint('sessions.delete', {
  handle: async ({ caller }) => {
    await deleteCurrentSession(caller);
    return { status: 204 };
  },
});
