import * as v from 'valibot';
import { invalid } from '../../lib/errors.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { importedHashSchema } from '../../lib/imported-hashes.ts';
import { permissionsSchema, userPath } from '../../lib/names.ts';
import { passwordSchema, showHash } from '../../lib/passwords.ts';
import { createUser } from '../../lib/users.ts';

const body = v.strictObject({
  // The name in the path takes precedence.
  username: v.optional(v.string('must be a string')),
  password: v.optional(passwordSchema),
  password_hash: v.optional(importedHashSchema),
  initial_policies: v.optional(permissionsSchema, []),
});

const secretOf = ({ password, password_hash }: v.InferOutput<typeof body>) => {
  if (password !== undefined && password_hash !== undefined) {
    throw invalid('The body has both password and password_hash: send one of them.');
  }
  if (password_hash !== undefined) return { hash: password_hash };
  if (password !== undefined) return { password };
  throw invalid('password is missing.');
};

/** POST /users/{userName}: a new user with its first permissions. */
export const handler = endpoint('users.create', {
  path: userPath,
  body,
  handle: async ({ caller, path, body }) => {
    const created = await createUser(caller, {
      username: path.userName,
      secret: secretOf(body),
      policies: body.initial_policies,
    });
    return {
      status: 201,
      body: { username: created.username, password_hash: showHash(created.passwordHash) },
    };
  },
});
