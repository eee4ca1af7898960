import * as v from 'valibot';
import { wrongPassword } from '../../../lib/errors.ts';
import { doneSchema, listedUserSchema, selfSchema, userSchema } from '../answers.ts';
import { newPassword } from '../inputs.ts';
import { type Operation, path, read, sentences } from '../operation.ts';

const password =
  '8 characters (a stage may ask for more) to 72 bytes of UTF-8; not the username, and none of the common passwords that are guessed first. It is normalized (NFC).';
const passwordHash = [
  'In place of `password`, for a user that comes from another system and keeps its password: base64 of the text of its hash, as `GET /users/{userName}` shows one.',
  'It is of bcrypt, `$2a$`, `$2b$` or `$2y$`, of a cost from 4 to that of new hashes here (12 when deployed); or of argon2id, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, with m at most 131072 (KiB), t and p at most 16, m times t at most 262144, a salt of 8 to 64 bytes and a hash of 16 to 64.',
  'The rules for new passwords cannot be checked of it. At the first login it is replaced by one of bcrypt at the cost of new ones, unless the password is longer than 72 bytes.',
].join(' ');
const johndoe = {
  username: 'johndoe',
  password_hash: 'JDJiJDEyJExKM2lyUW1jTGk0dmcuVUEwTmFGcC5ERm9lTHhkYUJHbDlRR0pJUURPdmNzbWZmSUxtbXlt',
};

export const users: Record<string, Operation> = {
  'users/me': {
    id: 'getCurrentUser',
    summary: 'Get current authenticated user',
    description:
      'Retrieves details for the currently authenticated user. These are who the token stands for, and what it may do. Where permissions do not fit into one answer of 5 MB, `Link` leads to the rest of them.',
    needs: 'Any valid token.',
    answer: {
      status: 200,
      description: 'Who you are and what you may do.',
      schema: selfSchema,
      example: { username: 'johndoe', permissions: [read] },
      isPaged: true,
    },
    refusals: {},
  },

  'users/list': {
    id: 'listUsers',
    summary: 'List all users',
    description:
      'Retrieves a list of all users in the system. Requires admin permission. They come by name. Without `limit` it is everyone who fits into one answer of 5 MB; where there are more, `Link` leads to the next page.',
    needs: '`admin` on user `*`.',
    parameters: {
      limit: 'How many users a page has at most.',
      after: 'Begins after this username, whether or not there is such a user.',
      prefix: 'Only users whose names begin so, in any case.',
    },
    answer: {
      status: 200,
      description: 'Users, sorted by name without regard to case.',
      schema: v.array(listedUserSchema),
      example: [{ username: 'johndoe' }],
      isPaged: true,
    },
    refusals: {
      400: ['limit must be a whole number from 1 to 1000.'],
      403: ['This needs the permission admin on user *.'],
    },
  },

  'users/create': {
    id: 'createUser',
    summary: 'Create a new user',
    description:
      'Creates a new user with the given username and password. Username in path takes precedence. All of it is done or none of it; of several creations of one name, in any spelling, exactly one succeeds. A user from another system is created with the hash of its password, `password_hash`, in place of `password`: exactly one of them is there.',
    needs: '`admin` on that user, and `admin` on what each initial policy is about.',
    members: {
      username: 'Ignored: the username in the path takes precedence.',
      password: { ...newPassword, description: password },
      password_hash: {
        description: passwordHash,
        examples: [
          'JGFyZ29uMmlkJHY9MTkkbT02NTUzNix0PTMscD00JEhUQUNUeVl1K29VOC9TTDV0Y1ZBSmckQUlMTXdSZlRzMVpsa3Q4VjRLY1lYbmVQSmduNDEyYkQxa2xlUVN0OVdDQQ==',
        ],
      },
      initial_policies: 'Permissions that the user has from the beginning.',
    },
    rule: {
      oneOf: [
        { title: 'with a password', required: ['password'] },
        { title: 'with the hash of one', required: ['password_hash'] },
      ],
    },
    request: {
      path,
      body: { username: 'johndoe', password: 's3cr3tP@sswOrd', initial_policies: [read] },
    },
    answer: {
      status: 201,
      description: 'The user was created.',
      schema: userSchema,
      example: johndoe,
    },
    refusals: {
      400: [
        'password must have at least 8 characters.',
        'The body has both password and password_hash: send one of them.',
        'password_hash must be base64 of a bcrypt hash ($2a$, $2b$ or $2y$) or of an argon2id hash ($argon2id$v=19$m=…,t=…,p=…$salt$hash).',
        sentences.userName,
      ],
      403: [sentences.needsAdminOnUser, sentences.needsAdminOnTable],
      409: ['There is already a user johndoe: choose another name.'],
    },
  },

  'users/get': {
    id: 'getUser',
    summary: 'Get user details',
    description:
      'Retrieves details for a specific user. Who has no `admin` on the user sees stars in place of its password hash.',
    needs: 'To be that user, or `read` on it.',
    request: { path },
    answer: { status: 200, description: 'The user.', schema: userSchema, example: johndoe },
    refusals: {
      400: [sentences.userName],
      403: [sentences.needsReadOnUser],
      404: [sentences.noUser],
    },
  },

  'users/delete': {
    id: 'deleteUser',
    summary: 'Delete a user',
    description:
      'Deletes a specific user. Its permissions, API keys and sessions go with it: none of its tokens works any more. Its history stays. A new user of that name inherits nothing.',
    needs:
      '`admin` on that user, and every permission that it has. A global admin cannot delete itself.',
    request: { path },
    answer: { status: 204, description: 'The user is gone.' },
    refusals: {
      400: [sentences.userName],
      403: [sentences.needsAdminOnUser, sentences.notCovered],
      404: [sentences.noUser],
      409: ['A global admin cannot delete itself: let another global admin do it.'],
    },
  },

  'users/set-password': {
    id: 'setUserPassword',
    summary: 'Update user password',
    description:
      'Updates the password for a specific user. All its sessions are over then. A user who sends `current_password` needs no permission; wrong ones count as failed logins do.',
    needs:
      '`admin` on that user, and every permission that it has; or to be that user and send `current_password`.',
    members: {
      new_password: { ...newPassword, description: password },
      current_password: 'The current password of the user, if it is the user who changes it.',
    },
    request: { path, body: { new_password: 'newS3cr3tP@sswOrd' } },
    answer: {
      status: 200,
      description: 'The password is the new one.',
      schema: doneSchema,
      example: { message: 'Operation completed successfully' },
    },
    refusals: {
      400: ['new_password must have at least 8 characters.', sentences.userName],
      403: [sentences.needsAdminOnUser, sentences.notCovered, wrongPassword().message],
      404: [sentences.noUser],
      429: [sentences.tooManyFailures],
    },
  },
};
