import * as v from 'valibot';
import { type Evaluation, evaluationSchema, evaluationsSchema } from '../../lib/authzen.ts';
import { BailiwickError } from '../../lib/errors.ts';
import { type Decision, evaluate, evaluateOne } from '../../lib/evaluation.ts';
import { statusOfError } from '../../lib/http/answer.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { parse } from '../../lib/http/input.ts';

/** An evaluation that failed is a denial which says so (section 7.2.1). */
const toDecision = (outcome: Decision | BailiwickError) =>
  outcome instanceof BailiwickError
    ? {
        decision: false,
        context: { error: { status: statusOfError(outcome), message: outcome.message } },
      }
    : outcome;

/** The outcome at which the rest of the evaluations is left out. */
const stopsAt = {
  execute_all: undefined,
  deny_on_first_deny: false,
  permit_on_first_permit: true,
};

/** An evaluation with what it does not say itself; an error when it is none even so. */
const complete = (defaults: object, one: unknown): Evaluation | BailiwickError => {
  try {
    const own = parse(v.looseObject({}), one, 'An evaluation');
    return parse(evaluationSchema, { ...defaults, ...own }, 'An evaluation');
  } catch (error) {
    if (error instanceof BailiwickError) return error;
    throw error;
  }
};

/** POST /access/v1/evaluations: several evaluations at once. AuthZEN section 7. */
export const handler = endpoint('authzen.evaluations', {
  body: evaluationsSchema,
  otherMediaType: 'invalid',
  handle: async ({ caller, body: { evaluations, options, ...defaults } }) => {
    if (evaluations.length === 0) {
      const single = parse(evaluationSchema, defaults, 'The body');
      return { status: 200, body: await evaluateOne(caller, single) };
    }
    const completed = evaluations.map((one) => complete(defaults, one));
    const decisions = (await evaluate(caller, completed)).map(toDecision);
    const last = decisions.findIndex(
      ({ decision }) => decision === stopsAt[options.evaluations_semantic],
    );
    return {
      status: 200,
      body: { evaluations: last < 0 ? decisions : decisions.slice(0, last + 1) },
    };
  },
});
