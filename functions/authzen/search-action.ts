import { actionSearchSchema } from '../../lib/authzen.ts';
import { searchActions } from '../../lib/evaluation.ts';
import { endpoint } from '../../lib/http/endpoint.ts';

/** POST /access/v1/search/action: what may this subject do to that? AuthZEN section 8.6. Never paged. */
export const handler = endpoint('authzen.search-action', {
  body: actionSearchSchema,
  otherMediaType: 'invalid',
  handle: async ({ caller, body }) => ({
    status: 200,
    body: { results: await searchActions(caller, body) },
  }),
});
