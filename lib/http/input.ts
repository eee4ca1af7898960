import * as v from 'valibot';
import { invalid } from '../errors.ts';

/** `a[0].b` for the path of an issue, the way the caller would write it. */
const fieldOf = (issue: v.BaseIssue<unknown>): string =>
  (issue.path ?? []).reduce(
    (field, { key }) =>
      typeof key === 'number' ? `${field}[${key}]` : field ? `${field}.${key}` : String(key),
    '',
  );

const shown = (field: string): string => (field.length > 80 ? `${field.slice(0, 80)}…` : field);

/** The sentence for an issue: which field, and what would be right. */
const sentence = (issue: v.BaseIssue<unknown>, whole: string): string => {
  const field = shown(fieldOf(issue)) || whole;
  const isObjectRule = /^(?:(?:strict|loose)_)?object$/.test(issue.type);
  if (isObjectRule && issue.expected === 'Object') {
    return `${field} must be a JSON object.`;
  }
  if (isObjectRule && issue.expected === 'never')
    return `${field} is not known here: leave it out.`;
  if (isObjectRule) return `${field} is missing.`;
  return `${field} ${issue.message}.`;
};

/**
 * Checks input against its schema and returns the schema's output. Throws `invalid` for the first thing
 * wrong. @param whole what to call the input when it is wrong as a whole
 */
export const parse = <S extends v.GenericSchema>(
  schema: S,
  input: unknown,
  whole: string,
): v.InferOutput<S> => {
  // To valibot a list is an object too.
  if (Array.isArray(input)) throw invalid(`${whole} must be a JSON object.`);
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  throw invalid(sentence(result.issues[0], whole));
};
