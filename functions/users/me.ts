import { effective } from '../../lib/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { readSelf } from '../../lib/users.ts';

/** GET /users/me: who the token stands for, and what it may do. */
export const handler = endpoint('users.me', {
  handle: async ({ caller }) => {
    const self = await readSelf(caller);
    return { status: 200, body: { username: self.username, permissions: effective(self) } };
  },
});
