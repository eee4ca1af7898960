import { wrongCredentials } from '../../../lib/errors.ts';
import { sessionSchema } from '../answers.ts';
import { type Operation, path, sentences } from '../operation.ts';

export const sessions: Record<string, Operation> = {
  'sessions/create': {
    id: 'createSession',
    summary: 'Log in',
    description: [
      'Answers a token for a person, which lives 12 hours unless asked otherwise. A user has at most 100 live sessions: the next ends the oldest.',
      'An unknown user and a wrong password are refused in the same words and the same time, which outside the stage `dev` is a second at least. From the fifth wrong password in a row on, that username has to wait at that address: a second, then two, then four, at most 15 minutes. Tokens are not affected.',
    ].join('\n\n'),
    members: {
      username: 'The username, in any case.',
      password: 'The password.',
      expires_in: 'How long the session lives: 12 hours unless said, at most `720h`.',
    },
    request: { body: { username: 'johndoe', password: 's3cr3tP@sswOrd', expires_in: '8h' } },
    answer: {
      status: 201,
      description: 'The token of a new session.',
      schema: sessionSchema,
      example: {
        token:
          'bw_am9obmRvZQ.S0VbvELOqQsltwd1oHLi.eyRN9vulVBnWtP37CTAWyaLf3xcTBVA50K7JXQmzzf12pAbTe',
        token_type: 'Bearer',
        expires_at: '2026-11-25T03:51:27.896Z',
        username: 'johndoe',
      },
    },
    refusals: {
      400: ['username is missing.', 'expires_in must be at most 720h, which is 30 days.'],
      401: [wrongCredentials().message],
      429: [sentences.tooManyFailures],
    },
  },

  'sessions/delete': {
    id: 'deleteCurrentSession',
    summary: 'Log out',
    description: 'Ends the session whose token it comes with. An API key is ended by deleting it.',
    needs: "A session's token.",
    answer: { status: 204, description: 'The session is over.' },
    refusals: {
      403: [
        "This needs a session's token, and came with an API key: end a key with DELETE /api/v1/users/johndoe/api-keys/K0VbvELKM8SsrLuWrB7e.",
      ],
    },
  },

  'sessions/delete-all': {
    id: 'deleteSessions',
    summary: "End a user's sessions",
    description:
      'Ends every session of a user, which is done as well when there are none. API keys live on. Through a key with a scope it needs `admin` on the user in that scope.',
    needs: 'To be that user, or `admin` on it.',
    request: { path },
    answer: { status: 204, description: 'Every session is over.' },
    refusals: {
      400: [sentences.userName],
      403: [sentences.needsAdminOnUser],
      404: [sentences.noUser],
    },
  },
};
