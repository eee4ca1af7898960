import * as v from 'valibot';
import { endpoint } from '../../lib/http/endpoint.ts';
import { urlOf } from '../../lib/http/event.ts';
import { listUsers } from '../../lib/listing.ts';
import { namePartSchema } from '../../lib/names.ts';

const limitRule = 'must be a whole number from 1 to 1000';

const query = v.strictObject({
  limit: v.optional(
    v.pipe(
      v.string(limitRule),
      v.regex(/^[1-9]\d{0,3}$/, limitRule),
      v.transform(Number),
      v.maxValue(1000, limitRule),
    ),
  ),
  after: v.optional(namePartSchema),
  prefix: v.optional(namePartSchema),
});

/** GET /users: every user by name, or a page of them with a link to the next. */
export const handler = endpoint('users.list', {
  query,
  handle: async ({ caller, query, event }) => {
    const { users, more } = await listUsers(caller, query);
    if (!more) return { status: 200, body: users };
    const next = new URLSearchParams({
      ...(query.limit && { limit: String(query.limit) }),
      ...(query.prefix && { prefix: query.prefix }),
      after: users.at(-1)?.username ?? '',
    });
    return {
      status: 200,
      body: users,
      headers: { Link: `<${urlOf(event)}?${next}>; rel="next"` },
    };
  },
});
