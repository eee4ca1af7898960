import { evaluationSchema } from '../../lib/authzen.ts';
import { evaluateOne } from '../../lib/evaluation.ts';
import { endpoint } from '../../lib/http/endpoint.ts';

/** POST /access/v1/evaluation: may this subject do this to that? AuthZEN section 6. */
export const handler = endpoint('authzen.evaluation', {
  body: evaluationSchema,
  otherMediaType: 'invalid',
  handle: async ({ caller, body }) => ({ status: 200, body: await evaluateOne(caller, body) }),
});
