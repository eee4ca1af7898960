import * as v from 'valibot';
import { endpoint } from '../../lib/http/endpoint.ts';
import { permissionsSchema, userPath } from '../../lib/names.ts';
import { passwordSchema, showHash } from '../../lib/passwords.ts';
import { createUser } from '../../lib/users.ts';

const body = v.strictObject({
  // The name in the path takes precedence.
  username: v.optional(v.string('must be a string')),
  password: passwordSchema,
  initial_policies: v.optional(permissionsSchema, []),
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
