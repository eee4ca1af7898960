import * as v from 'valibot';

/*
 * The entities of OpenID AuthZEN Authorization API 1.0, section 5 (Information Model). Members that are not
 * known are ignored, as its section on JSON serialization wants; properties and context are accepted
 * and mean nothing here: what a user may do is what it is granted.
 */

const text = v.string('must be a string');

const object = v.custom<object>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'must be a JSON object',
);
const properties = v.optional(object);

/** Input schema of a subject whose `id` is what is searched for. */
const subjectType = v.object({ type: text, properties });
const resourceType = v.object({ type: text, properties });
const subject = v.object({ type: text, id: text, properties });
const resource = v.object({ type: text, id: text, properties });
const action = v.object({ name: text, properties });
const context = v.optional(object);

const limitRule = 'must be a whole number from 0';

const page = v.optional(
  v.pipe(
    object,
    v.object({
      token: v.optional(text),
      limit: v.optional(
        v.pipe(v.number(limitRule), v.safeInteger(limitRule), v.minValue(0, limitRule)),
      ),
      properties,
    }),
  ),
  {},
);

/** Input schema of an Access Evaluation Request (section 6.1). */
export const evaluationSchema = v.object({ subject, action, resource, context });

/** Who asks to do what to what. */
export type Evaluation = Pick<
  v.InferOutput<typeof evaluationSchema>,
  'subject' | 'action' | 'resource'
>;

const evaluationsRule = 'must be a list of at most 1000 evaluations';
const semantics = ['execute_all', 'deny_on_first_deny', 'permit_on_first_permit'] as const;

/**
 * Input schema of an Access Evaluations Request (section 7.1). What of it are defaults may be missing, but
 * not be wrong. The evaluations themselves are checked one by one.
 */
export const evaluationsSchema = v.object({
  subject: v.optional(subject),
  action: v.optional(action),
  resource: v.optional(resource),
  context,
  evaluations: v.optional(
    v.pipe(v.array(v.unknown(), evaluationsRule), v.maxLength(1000, evaluationsRule)),
    [],
  ),
  options: v.optional(
    v.pipe(
      object,
      v.object({
        evaluations_semantic: v.optional(
          v.picklist(semantics, `must be ${semantics.join(', ')}`),
          'execute_all',
        ),
      }),
    ),
    {},
  ),
});

/** Input schemas of the three Search API Requests (section 8). An `id` that is searched for is ignored. */
export const subjectSearchSchema = v.object({
  subject: subjectType,
  action,
  resource,
  context,
  page,
});
export const resourceSearchSchema = v.object({
  subject,
  action,
  resource: resourceType,
  context,
  page,
});
export const actionSearchSchema = v.object({ subject, resource, context, page });
