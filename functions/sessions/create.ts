import * as v from 'valibot';
import { hourMs, lifetimeSchema } from '../../lib/duration.ts';
import { openEndpoint } from '../../lib/http/endpoint.ts';
import { usernameSchema } from '../../lib/names.ts';
import { passwordSchema } from '../../lib/passwords.ts';
import { createSession } from '../../lib/sessions.ts';

const mostMs = 720 * hourMs;

const body = v.strictObject({
  username: usernameSchema,
  password: passwordSchema,
  expires_in: v.optional(
    v.pipe(lifetimeSchema, v.maxValue(mostMs, 'must be at most 720h, which is 30 days')),
  ),
});

/** POST /sessions: logs in, and answers a token for as long as the session lasts. */
export const handler = openEndpoint('sessions.create', {
  body,
  handle: async ({ origin, body }) => {
    const { token, expires_at, username } = await createSession(origin, {
      username: body.username,
      password: body.password,
      expiresInMs: body.expires_in,
    });
    return { status: 201, body: { token, token_type: 'Bearer', expires_at, username } };
  },
});
