import * as v from 'valibot';
import { deleteApiKey } from '../../lib/api-keys.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { usernameSchema } from '../../lib/names.ts';

// An id that no key can have is the id of no key: a 404, not a 400.
const path = v.strictObject({ userName: usernameSchema, keyId: v.string() });

/** DELETE /users/{userName}/api-keys/{keyId}: the key is dead at once. */
export const handler = endpoint('api-keys.delete', {
  path,
  handle: async ({ caller, path }) => {
    await deleteApiKey(caller, path.userName, path.keyId);
    return { status: 204 };
  },
});
