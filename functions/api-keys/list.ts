import { listApiKeys } from '../../lib/api-keys.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { userPath } from '../../lib/names.ts';

/** GET /users/{userName}/api-keys: the live keys of a user, never their secrets. */
export const handler = endpoint('api-keys.list', {
  path: userPath,
  handle: async ({ caller, path }) => ({
    status: 200,
    body: await listApiKeys(caller, path.userName),
  }),
});
