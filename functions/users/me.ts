import { effective } from '../../lib/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { nextLink, urlOf } from '../../lib/http/event.ts';
import { fitter } from '../../lib/paging.ts';
import { readSelf } from '../../lib/users.ts';

/**
 * GET /users/me: who the token stands for, and what it may do. Beyond the 5 MB of an answer, some 50,000
 * grants, it links to the rest of the grants.
 */
export const handler = endpoint('users.me', {
  handle: async ({ caller, event }) => {
    const self = await readSelf(caller);
    // A scope can make more of the grants than they are.
    const permissions = effective(self).filter(fitter());
    const rest = urlOf(event).replace(/me$/, `${encodeURIComponent(self.username)}/permissions`);
    const after = { after: self.grants.at(-1)?.resource ?? '' };
    return {
      status: 200,
      body: { username: self.username, permissions },
      ...(self.more && { headers: nextLink(rest, after) }),
    };
  },
});
