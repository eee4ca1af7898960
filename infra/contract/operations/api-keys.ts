import * as v from 'valibot';
import { apiKeySchema, newApiKeySchema } from '../answers.ts';
import { type Operation, path, read, sentences } from '../operation.ts';

const keyId = 'K0VbvELKM8SsrLuWrB7e';
const key = {
  key_id: keyId,
  name: 'nightly report',
  username: 'johndoe',
  permissions: [read],
  created_at: '2026-11-24T19:51:27.619Z',
  expires_at: '2026-12-24T19:51:27.619Z',
};
const secret = 'zebySQiyWKjqpZIRjpl7FcchRLkv4rgjx9FQRzc972x';

export const apiKeys: Record<string, Operation> = {
  'api-keys/list': {
    id: 'listApiKeys',
    summary: "List a user's API keys",
    description:
      'Lists the live API keys of a user, the oldest first, never their secrets. Keys that are deleted or have expired are left out.',
    needs: 'To be that user, or `admin` on it.',
    request: { path },
    answer: {
      status: 200,
      description: 'The live keys.',
      schema: v.array(apiKeySchema),
      example: [{ ...key, last_used_at: '2026-11-25T02:00:03.141Z' }],
    },
    refusals: {
      400: [sentences.userName],
      403: [sentences.needsAdminOnUser],
      404: [sentences.noUser],
    },
  },

  'api-keys/create': {
    id: 'createApiKey',
    summary: 'Create an API key',
    description: [
      'Makes an API key of a user, for a program. Its secret is in this answer alone. `Authorization: Bearer <encoded>` works at once.',
      'No key can do more than its owner, nor more than the key that it is made with, nor live longer. Made for somebody else by other than a global admin it can do no more than they may do now, whatever they are granted later. A user has at most 100 live keys.',
    ].join('\n\n'),
    needs: 'To be that user; or `admin` on it, and every permission that it has.',
    members: {
      name: 'What you call the key: 1 to 128 characters without control characters.',
      expires_in: 'How long the key lives; without it until it is deleted.',
      permissions:
        'The scope of the key: it may do what these and the permissions of its user both allow. At most 8 KB of JSON. Without it all that its user may do.',
    },
    request: { path, body: { name: key.name, expires_in: '720h', permissions: [read] } },
    answer: {
      status: 201,
      description: 'The key, with its secret this once.',
      schema: newApiKeySchema,
      example: {
        ...key,
        key_secret: secret,
        encoded: `bw_am9obmRvZQ.${keyId}.${secret}1GgVTx`,
      },
    },
    refusals: {
      400: ['name is missing.', sentences.userName],
      403: [
        sentences.needsAdminOnUser,
        sentences.notCovered,
        'A key for this user needs the user to have the permission read on table "orders_table".',
      ],
      404: [sentences.noUser],
      409: ['This user has 100 API keys, the most there may be: delete one first.'],
    },
  },

  'api-keys/delete': {
    id: 'deleteApiKey',
    summary: 'Delete an API key',
    description:
      'Ends an API key for good. It is refused on the very next request. Through a key with a scope other keys can be ended only with `admin` on the user in that scope; itself it may always end.',
    needs: 'To be that user, or `admin` on it.',
    parameters: { keyId: 'The `key_id` of the key.' },
    request: { path: { ...path, keyId } },
    answer: { status: 204, description: 'The key is dead.' },
    refusals: {
      400: [sentences.userName],
      403: [sentences.needsAdminOnUser],
      404: ['The user johndoe has no API key of that id.', sentences.noUser],
    },
  },
};
