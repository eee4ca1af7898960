import * as v from 'valibot';
import { auditEventSchema } from '../answers.ts';
import { type Operation, path, read, sentences } from '../operation.ts';

const event = {
  event_id: '01M87HSZ43B09CS9NGQC5ZF2BQ',
  time: '2026-11-24T19:51:27.619Z',
  operation: 'permissions.create',
  outcome: 'done',
  actor: 'admin',
  token_id: 'K0VbvELKM8SsrLuWrB7e',
  username: 'johndoe',
  before: { permissions: [] },
  after: { permissions: [read] },
  source_address: '203.0.113.7',
  request_id: '0b6c2f9a-6f0a-4b37-9d39-4f7c5a2b8f11',
};

export const auditEvents: Record<string, Operation> = {
  'audit-events/list': {
    id: 'listAuditEvents',
    summary: "List a user's history",
    description:
      'Tells what was done to a user, by whom, with which token, from which address, before and after; what it was refused to do itself; and failed logins (of the last two at most twenty an hour). Newest first; `Link` leads to the next page. Events are kept 400 days. An administrator also sees what became of earlier users of that name.',
    needs: 'To be that user, or `admin` on it.',
    parameters: {
      limit: { description: 'How many events a page has at most.', default: 100 },
      after: 'Only events older than the one of this `event_id`.',
    },
    request: { path, query: { limit: '10' } },
    answer: {
      status: 200,
      description: 'The history, newest first.',
      schema: v.array(auditEventSchema),
      example: [event],
      isPaged: true,
    },
    refusals: {
      400: ['after must be the event_id of the last event seen.', sentences.userName],
      403: [sentences.needsAdminOnUser],
      404: [sentences.noUser],
    },
  },
};
