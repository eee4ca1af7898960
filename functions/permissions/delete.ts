import * as v from 'valibot';
import { endpoint } from '../../lib/http/endpoint.ts';
import {
  accessTypeSchema,
  folded,
  resourceSchema,
  resourceTypeSchema,
  userPath,
} from '../../lib/names.ts';
import { revokePermissions } from '../../lib/permissions.ts';

const query = v.pipe(
  v.strictObject({
    resource: resourceSchema,
    resourceType: resourceTypeSchema,
    type: v.optional(accessTypeSchema),
  }),
  v.transform(({ resourceType, ...rest }) => ({ ...rest, resource_type: resourceType })),
  folded(),
);

/** DELETE /users/{userName}/permissions: a user's permission on a resource is revoked, or all of them. */
export const handler = endpoint('permissions.delete', {
  path: userPath,
  query,
  handle: async ({ caller, path, query }) => {
    await revokePermissions(caller, path.userName, query);
    return { status: 204 };
  },
});
