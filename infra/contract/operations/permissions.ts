import { doneSchema, permissionListSchema } from '../answers.ts';
import { type Operation, path, read, sentences } from '../operation.ts';

export const permissions: Record<string, Operation> = {
  'permissions/list': {
    id: 'listPermissions',
    summary: "List a user's permissions",
    description:
      'Lists what a user is granted, by resource. Where that does not fit into one answer of 5 MB, `Link` leads to the next page.',
    needs: 'To be that user, or `read` on it.',
    parameters: { after: 'Begins after this resource.' },
    request: { path },
    answer: {
      status: 200,
      description: 'What the user is granted.',
      schema: permissionListSchema,
      example: [read],
      isPaged: true,
    },
    refusals: {
      400: [sentences.userName],
      403: [sentences.needsReadOnUser],
      404: [sentences.noUser],
    },
  },

  'permissions/create': {
    id: 'grantPermission',
    summary: 'Grant a permission',
    description:
      'Gives a user a permission. To give it again changes nothing and is a success as well. A user has at most 100 permissions on any one resource; over how many resources is not limited.',
    needs: '`admin` on what the permission is about.',
    request: { path, body: read },
    answer: {
      status: 201,
      description: 'The user has the permission.',
      schema: doneSchema,
      example: { message: 'Operation completed successfully' },
    },
    refusals: {
      400: ['type must be read, write or admin.', sentences.userName],
      403: [sentences.needsAdminOnTable],
      404: [sentences.noUser],
      409: [
        'This user has 100 permissions on this resource, the most there may be: remove one first.',
      ],
    },
  },

  'permissions/delete': {
    id: 'revokePermissions',
    summary: 'Revoke permissions',
    description:
      'Takes a permission from a user; without `type` every one that it has on that resource as that resource type. `*` is the permission on `*`, not every permission. It shows on the very next request.',
    needs:
      '`admin` on what the permission is about. A global admin cannot give up its own global admin.',
    parameters: {
      resource: 'The resource that the permission is on.',
      resourceType: 'The resource type that the permission is on.',
      type: 'The type of the permission; without it all of them.',
    },
    request: {
      path,
      query: { resource: read.resource, resourceType: read.resource_type, type: read.type },
    },
    answer: { status: 204, description: 'The permission is gone.' },
    refusals: {
      400: ['resource is missing.', sentences.userName],
      403: [sentences.needsAdminOnTable],
      404: [
        'This user does not have the permission read on table "orders_table".',
        sentences.noUser,
      ],
      409: [
        'A global admin cannot give up its own global admin: let another global admin take it.',
      ],
    },
  },
};
