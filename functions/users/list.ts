import * as v from 'valibot';
import { endpoint } from '../../lib/http/endpoint.ts';
import { nextLink, urlOf } from '../../lib/http/event.ts';
import { listUsers } from '../../lib/listing.ts';
import { namePartSchema } from '../../lib/names.ts';
import { limitSchema } from '../../lib/paging.ts';

const query = v.strictObject({
  limit: v.optional(limitSchema),
  after: v.optional(namePartSchema),
  prefix: v.optional(namePartSchema),
});

/** GET /users: every user by name, or a page of them with a link to the next. */
export const handler = endpoint('users.list', {
  query,
  handle: async ({ caller, query, event }) => {
    const { users, more } = await listUsers(caller, query);
    const next = {
      ...(query.limit && { limit: String(query.limit) }),
      ...(query.prefix && { prefix: query.prefix }),
      after: users.at(-1)?.username ?? '',
    };
    return { status: 200, body: users, ...(more && { headers: nextLink(urlOf(event), next) }) };
  },
});
