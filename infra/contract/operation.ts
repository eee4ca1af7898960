import type { JsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { describe, type Permission } from '../../lib/access.ts';
import { notFound, tooManyFailures } from '../../lib/errors.ts';
import { onUser } from '../../lib/standing.ts';

/** A status that an operation answers for reasons of its own; the others are the same for all. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 429;

type Meaning = Record<string, string | JsonSchema>;

/** What of an operation cannot be derived from its route and the schemas that it checks. */
export interface Operation {
  /** operationId */
  id: string;
  summary: string;
  description: string;
  /** The permission that a caller needs; nothing of an open operation. */
  needs?: string;
  /** What parameters mean here, and members of the body: in words, or what JSON Schema can say besides. */
  parameters?: Meaning;
  members?: Meaning;
  /** What can be said of the body as a whole, beyond its members. */
  rule?: JsonSchema;
  /** An example of a request, which the code samples send. */
  request?: {
    path?: Record<string, string>;
    query?: Record<string, string>;
    body?: object;
  };
  /** Its success, with an example of the body. */
  answer: {
    status: 200 | 201 | 204;
    description: string;
    schema?: v.GenericSchema;
    example?: unknown;
    /** Whether it may have a `Link` to what did not fit. */
    isPaged?: boolean;
  };
  /** Sentences that it refuses requests with, as it says them. */
  refusals: Partial<Record<RefusalStatus, readonly string[]>>;
}

/** The user and the permission of the examples. */
export const path = { userName: 'johndoe' };
export const read: Permission = {
  resource: 'orders_table',
  resource_type: 'table',
  type: 'read',
};

const needs = (permission: Permission) => `This needs the permission ${describe(permission)}.`;

/** Sentences that several operations say of them. */
export const sentences = {
  userName:
    'userName must be 1 to 128 letters, digits or . _ @ + - and begin with a letter or digit.',
  noUser: notFound(path.userName).message,
  needsReadOnUser: needs(onUser('read', path.userName)),
  needsAdminOnUser: needs(onUser('admin', path.userName)),
  needsAdminOnTable: needs({ ...read, type: 'admin' }),
  notCovered: `This user has a permission that you do not cover, ${describe(read)}: ask someone who does.`,
  tooManyFailures: tooManyFailures(1).message,
};
