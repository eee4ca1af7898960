import * as v from 'valibot';
import { endpoint } from '../../lib/http/endpoint.ts';
import { userPath } from '../../lib/names.ts';
import { passwordSchema } from '../../lib/passwords.ts';
import { setPassword } from '../../lib/users.ts';

const body = v.strictObject({
  new_password: passwordSchema,
  current_password: v.optional(passwordSchema),
});

/** PUT /users/{userName}/password: a new password, by an administrator or by the user. */
export const handler = endpoint('users.set-password', {
  path: userPath,
  body,
  handle: async ({ caller, path, body }) => {
    await setPassword(caller, {
      username: path.userName,
      newPassword: body.new_password,
      currentPassword: body.current_password,
    });
    return { status: 200, body: { message: 'Operation completed successfully' } };
  },
});
