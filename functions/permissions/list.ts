import * as v from 'valibot';
import { endpoint } from '../../lib/http/endpoint.ts';
import { nextLink, urlOf } from '../../lib/http/event.ts';
import { resourceSchema, userPath } from '../../lib/names.ts';
import { listPermissions } from '../../lib/permissions.ts';

const query = v.strictObject({ after: v.optional(resourceSchema) });

/** GET /users/{userName}/permissions: what a user is granted, by resource. */
export const handler = endpoint('permissions.list', {
  path: userPath,
  query,
  handle: async ({ caller, path, query, event }) => {
    const { permissions, more } = await listPermissions(caller, path.userName, query.after);
    const next = { after: permissions.at(-1)?.resource ?? '' };
    return {
      status: 200,
      body: permissions,
      ...(more && { headers: nextLink(urlOf(event), next) }),
    };
  },
});
