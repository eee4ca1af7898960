import { endpoint } from '../../lib/http/endpoint.ts';
import { permissionSchema, userPath } from '../../lib/names.ts';
import { grantPermission } from '../../lib/permissions.ts';

/** POST /users/{userName}/permissions: a user is granted a permission. */
export const handler = endpoint('permissions.create', {
  path: userPath,
  body: permissionSchema,
  handle: async ({ caller, path, body }) => {
    await grantPermission(caller, path.userName, body);
    return { status: 201, body: { message: 'Operation completed successfully' } };
  },
});
