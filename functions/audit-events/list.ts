import * as v from 'valibot';
import { listAuditEvents } from '../../lib/audit.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { nextLink, urlOf } from '../../lib/http/event.ts';
import { ulidPattern } from '../../lib/ids.ts';
import { userPath } from '../../lib/names.ts';
import { limitSchema } from '../../lib/paging.ts';

const afterRule = 'must be the event_id of the last event seen';

const query = v.strictObject({
  limit: v.optional(limitSchema, '100'),
  after: v.optional(v.pipe(v.string(afterRule), v.regex(ulidPattern, afterRule))),
});

/** GET /users/{userName}/audit-events: what was done to a user and by whom, newest first. */
export const handler = endpoint('audit-events.list', {
  path: userPath,
  query,
  handle: async ({ caller, path, query, event }) => {
    const { events, more } = await listAuditEvents(caller, path.userName, query);
    const next = { limit: String(query.limit), after: events.at(-1)?.event_id ?? '' };
    return { status: 200, body: events, ...(more && { headers: nextLink(urlOf(event), next) }) };
  },
});
