import type { Operation } from './operation.ts';
import { apiKeys } from './operations/api-keys.ts';
import { auditEvents } from './operations/audit-events.ts';
import { authzen } from './operations/authzen.ts';
import { openapi } from './operations/openapi.ts';
import { permissions } from './operations/permissions.ts';
import { sessions } from './operations/sessions.ts';
import { users } from './operations/users.ts';

/** Operations that belong together, by the entries of their functions. */
interface Group {
  tag: string;
  description: string;
  operations: Record<string, Operation>;
}

export const groups: readonly Group[] = [
  { tag: 'User', description: 'Operations related to users', operations: users },
  { tag: 'Permission', description: 'What a user is granted', operations: permissions },
  { tag: 'API key', description: 'Tokens for programs', operations: apiKeys },
  { tag: 'Session', description: 'Tokens for people: logging in and out', operations: sessions },
  { tag: 'Audit event', description: 'Who did what to whom', operations: auditEvents },
  {
    tag: 'Decision',
    description: 'May X do Y to Z? By OpenID AuthZEN Authorization API 1.0',
    operations: authzen,
  },
  { tag: 'Document', description: 'This document', operations: openapi },
];

/** The tag and the description of each operation, by the entry of its function. */
export const operations: ReadonlyMap<string, Operation & { tag: string }> = new Map(
  groups.flatMap(({ tag, operations }) =>
    Object.entries(operations).map(([entry, operation]) => [entry, { ...operation, tag }]),
  ),
);
