import { effective } from '../../lib/access.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { nextLink, urlOf } from '../../lib/http/event.ts';
import { whatFits } from '../../lib/paging.ts';
import { readSelf } from '../../lib/users.ts';

/**
 * GET /users/me: who the token stands for, and what it may do. What does not fit into an answer of 5 MB, as
 * some 50,000 grants do not, is found by the link: the grants after the last that was looked at.
 */
export const handler = endpoint('users.me', {
  handle: async ({ caller, event }) => {
    const self = await readSelf(caller);
    const { items: permissions, more } = whatFits(effective(self));
    const rest = urlOf(event).replace(/me$/, `${encodeURIComponent(self.username)}/permissions`);
    // Where a scope made more of the grants than fits, all of them are worth a look.
    const after = more ? {} : { after: self.grants.at(-1)?.resource ?? '' };
    return {
      status: 200,
      body: { username: self.username, permissions },
      ...((self.more || more) && { headers: nextLink(rest, after) }),
    };
  },
});
