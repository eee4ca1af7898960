import * as v from 'valibot';
import { canBeScope, createApiKey } from '../../lib/api-keys.ts';
import { lifetimeSchema } from '../../lib/duration.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { labelSchema, permissionsSchema, userPath } from '../../lib/names.ts';

const scopeRule = 'must be at most 8 KB of JSON';

const body = v.strictObject({
  name: labelSchema,
  expires_in: v.optional(lifetimeSchema),
  permissions: v.optional(
    v.pipe(
      permissionsSchema,
      v.check((scope) => canBeScope(scope), scopeRule),
    ),
  ),
});

/** POST /users/{userName}/api-keys: a new key, whose secret is shown this once. */
export const handler = endpoint('api-keys.create', {
  path: userPath,
  body,
  handle: async ({ caller, path, body }) => ({
    status: 201,
    body: await createApiKey(caller, path.userName, {
      name: body.name,
      expiresInMs: body.expires_in,
      scope: body.permissions,
    }),
  }),
});
