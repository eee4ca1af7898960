/** A statement of an IAM policy document; of its elements only those that policies here use. */
export interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: string | string[];
  Condition?: unknown;
}

const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** By flags and pattern: a function's policy is asked for each of its requests. */
const compiled = new Map<string, RegExp>();

/** IAM's wildcards: `*` is any text, slashes too, and `?` any one character. */
const matches = (pattern: string, text: string, flags = ''): boolean => {
  const key = `${flags} ${pattern}`;
  const known = compiled.get(key);
  if (known) return known.test(text);
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  const made = new RegExp(`^${source}$`, `s${flags}`);
  compiled.set(key, made);
  return made.test(text);
};

/**
 * Whether a policy allows an action on a resource: an explicit deny wins, and what is not allowed is
 * denied (IAM user guide, "Policy evaluation logic"). A condition is refused, not guessed at.
 */
export const isAllowed = (
  statements: readonly Statement[],
  action: string,
  resource: string,
): boolean => {
  const applying = statements.filter(
    (statement) =>
      list(statement.Action).some((pattern) => matches(pattern, action, 'i')) &&
      list(statement.Resource).some((pattern) => matches(pattern, resource)),
  );
  return (
    applying.some(({ Effect, Condition }) => Effect === 'Allow' && !Condition) &&
    !applying.some(({ Effect }) => Effect === 'Deny')
  );
};
