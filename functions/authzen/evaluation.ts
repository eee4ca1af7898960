import { evaluationSchema } from '../../lib/authzen.ts';
import { evaluate } from '../../lib/evaluation.ts';
import { endpoint } from '../../lib/http/endpoint.ts';

/** POST /access/v1/evaluation: may this subject do this to that? AuthZEN section 6. */
export const handler = endpoint('authzen.evaluation', {
  body: evaluationSchema,
  otherMediaType: 'invalid',
  handle: async ({ caller, body }) => {
    const [decision] = await evaluate(caller, [body]);
    if (decision instanceof Error) throw decision;
    return { status: 200, body: { ...decision } };
  },
});
