import * as v from 'valibot';
import { endpoint } from '../../lib/http/endpoint.ts';
import { permissionSchema, userPath } from '../../lib/names.ts';
import { passwordSchema, showHash } from '../../lib/passwords.ts';
import { createUser } from '../../lib/users.ts';

const policiesRule = 'must be a list of at most 50 permissions';

const body = v.strictObject({
  // The name in the path takes precedence.
  username: v.optional(v.string('must be a string')),
  password: passwordSchema,
  initial_policies: v.optional(
    v.pipe(v.array(permissionSchema, policiesRule), v.maxLength(50, policiesRule)),
    [],
  ),
});

/** POST /users/{userName}: a new user with its first permissions. */
export const handler = endpoint('users.create', {
  path: userPath,
  body,
  handle: async ({ caller, path, body }) => {
    const created = await createUser(caller, {
      username: path.userName,
      password: body.password,
      policies: body.initial_policies,
    });
    return {
      status: 201,
      body: { username: created.username, password_hash: showHash(created.passwordHash) },
    };
  },
});
