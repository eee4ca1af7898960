import * as v from 'valibot';
import { accessTypes } from '../../lib/access.ts';
import { ulidPattern } from '../../lib/ids.ts';
import { permissionSchema } from '../../lib/names.ts';

/*
 * What is answered, member by member. Objects are strict: an answer with a member that is not here fails
 * the tests (test/support/contract.ts).
 */

const text = (description: string) => v.pipe(v.string(), v.description(description));
const time = (description: string) =>
  v.pipe(v.string(), v.isoTimestamp(), v.description(description));
const url = (description: string) => v.pipe(v.string(), v.url(), v.description(description));

const username = text('The username, as it was written when the user was created.');
const permissions = (description: string) =>
  v.pipe(v.array(permissionSchema), v.description(description));

export const errorSchema = v.strictObject({
  error: v.pipe(v.string(), v.minLength(1), v.description('One sentence that says what to do.')),
});

export const doneSchema = v.strictObject({
  message: v.pipe(v.literal('Operation completed successfully'), v.description('Always the same.')),
});

export const selfSchema = v.strictObject({
  username,
  permissions: permissions(
    'What the token may do: what its user is granted, as far as the scope of the token goes.',
  ),
});

export const listedUserSchema = v.strictObject({ username });

export const userSchema = v.strictObject({
  username,
  password_hash: v.pipe(
    v.string(),
    v.regex(/^[A-Za-z0-9+/]+={0,2}$/),
    v.description(
      'Base64 of the password hash: bcrypt, `$2b$…`, or what the user came with until it is replaced at a login; of `********` for who has no `admin` on the user.',
    ),
  ),
});

export const permissionListSchema = v.array(permissionSchema);

const keyEntries = {
  key_id: v.pipe(
    v.string(),
    v.regex(/^K[0-9A-Za-z]{19}$/),
    v.description('Names the key, in paths and in the history; no secret.'),
  ),
  name: text('What its maker called it.'),
  username,
  permissions: v.optional(
    permissions('Its scope: it may do what these and its user’s permissions both allow.'),
  ),
  created_at: time('When it was made.'),
  expires_at: v.optional(time('When it ends; without one it lives until it is deleted.')),
  last_used_at: v.optional(
    time('When it was last used, to the hour; absent before its first use.'),
  ),
};

export const apiKeySchema = v.strictObject(keyEntries);

export const newApiKeySchema = v.strictObject({
  ...keyEntries,
  key_secret: v.pipe(
    v.string(),
    v.regex(/^[0-9A-Za-z]{43}$/),
    v.description('The secret alone. It is part of `encoded`, and shown this once.'),
  ),
  encoded: text('The token: send it as `Authorization: Bearer <encoded>`. Shown this once.'),
});

export const sessionSchema = v.strictObject({
  token: text('Send it as `Authorization: Bearer <token>`. Shown this once.'),
  token_type: v.pipe(v.literal('Bearer'), v.description('How the token is sent.')),
  expires_at: time('When the session is over by itself.'),
  username,
});

/** What an event may say of before or after: of each kind of change its own few. */
export const changeSchema = v.strictObject({
  permissions: v.optional(
    permissions('Permissions: all on that resource of that type, or the scope of the key.'),
  ),
  username: v.optional(username),
  created_at: v.optional(time('When the user or the key was made.')),
  password_changed_at: v.optional(time('When the password was last set.')),
  password: v.optional(
    v.pipe(
      v.literal('imported'),
      v.description('The user came with the hash of a password, `password_hash`.'),
    ),
  ),
  sessions: v.optional(
    v.pipe(v.array(v.string()), v.description('Ids of sessions that were alive.')),
  ),
  api_keys: v.optional(
    v.pipe(v.array(v.string()), v.description('Ids of API keys that were alive.')),
  ),
  key_id: v.optional(text('Id of the key.')),
  name: v.optional(text('Name of the key.')),
  expires_at: v.optional(time('When the key or the session ends.')),
  last_used_at: v.optional(time('When the key was last used.')),
});

export const auditEventSchema = v.strictObject({
  event_id: v.pipe(
    v.string(),
    v.regex(ulidPattern),
    v.description('A ULID: ids sort by time. The last one of a page is `after` of the next.'),
  ),
  time: time('When it happened.'),
  operation: text('What was done, as `users.set-password`.'),
  outcome: v.pipe(
    v.picklist(['done', 'refused', 'failed']),
    v.description('`refused` for want of a permission, `failed` for a wrong password.'),
  ),
  actor: text('Who did it: a username, or `bootstrap`.'),
  token_id: v.optional(text('Id of the token that it was done with.')),
  username: text('The user that it was done to.'),
  reason: v.optional(text('Of what was refused: the permission that was missing.')),
  before: v.optional(changeSchema),
  after: v.optional(changeSchema),
  source_address: v.optional(text('The address that the request came from.')),
  request_id: text('The `X-Request-ID` of the request.'),
});

export const decisionSchema = v.strictObject({
  decision: v.pipe(v.boolean(), v.description('Whether the subject may.')),
  context: v.pipe(
    v.strictObject({
      reason: text('Why, in a sentence.'),
      grant: v.optional(permissionSchema),
    }),
    v.description('Why, and the permission that allows it as far as the asker may know it.'),
  ),
});

/** One of many that could not be decided is denied, and says why (AuthZEN section 7.2.1). */
export const failedDecisionSchema = v.strictObject({
  decision: v.pipe(v.literal(false), v.description('What cannot be decided is denied.')),
  context: v.pipe(
    v.strictObject({
      error: v.pipe(
        v.strictObject({
          status: v.pipe(
            v.picklist([400, 403]),
            v.description('The status of a request that asked for this evaluation alone.'),
          ),
          message: text('What is wrong with it, or which permission is missing.'),
        }),
        v.description('Why it could not be decided.'),
      ),
    }),
    v.description('Why it could not be decided.'),
  ),
});

export const decisionsSchema = v.union([
  v.strictObject({
    evaluations: v.pipe(
      v.array(v.union([decisionSchema, failedDecisionSchema])),
      v.description('A decision for each evaluation, in their order, up to where it stopped.'),
    ),
  }),
  decisionSchema,
]);

export const pageSchema = v.strictObject({
  next_token: text(
    'Where the next page begins: `page.token` of the next request. Empty at the end.',
  ),
  count: v.pipe(v.number(), v.integer(), v.minValue(0), v.description('Results on this page.')),
});

const entities = (type: string, id: string) =>
  v.strictObject({
    page: pageSchema,
    results: v.pipe(
      v.array(v.strictObject({ type: text(type), id: text(id) })),
      v.description('What was found.'),
    ),
  });

export const subjectsSchema = entities('Always `user`.', 'A username.');
export const resourcesSchema = entities(
  'The resource_type that was asked for.',
  'A resource; `*` stands for every one.',
);

export const actionsSchema = v.strictObject({
  results: v.pipe(
    v.array(
      v.strictObject({
        name: v.pipe(v.picklist(accessTypes), v.description('A permission type.')),
      }),
    ),
    v.description('What the subject may do.'),
  ),
});

export const configurationSchema = v.strictObject({
  policy_decision_point: url('The URL that all others begin with.'),
  access_evaluation_endpoint: url('Where one decision is asked for.'),
  access_evaluations_endpoint: url('Where several decisions are asked for at once.'),
  search_subject_endpoint: url('Where it is asked who may.'),
  search_resource_endpoint: url('Where it is asked what to.'),
  search_action_endpoint: url('Where it is asked what.'),
});

export const documentSchema = v.looseObject({
  openapi: text('The version of OpenAPI.'),
  info: v.pipe(
    v.looseObject({ title: text('The name of the API.'), version: text('Its version.') }),
    v.description('What the API is.'),
  ),
  paths: v.pipe(v.looseObject({}), v.description('Every path, with its operations.')),
});
