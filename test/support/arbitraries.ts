import fc from 'fast-check';
import { document } from './contract.ts';

/* Requests as the OpenAPI document has them, and nearly so. */

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.constantFrom(
    '*',
    'me',
    'ME',
    '.',
    '..',
    '%',
    '#USER',
    'PERM#*',
    'a\0b',
    '\ud800',
    'ﷺ'.repeat(256),
  ),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    '',
    ' ',
    'x'.repeat(1025),
    '😀'.repeat(300),
  ),
);
const value = fc.oneof(
  text,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(1e308, -1, 0.5, 2 ** 53, null, true, [], {}),
);

// biome-ignore lint/suspicious/noExplicitAny: JSON Schema, as the document has it
type Schema = any;

const resolve = (schema: Schema): Schema =>
  schema.$ref
    ? schema.$ref
        .split('/')
        .slice(1)
        .reduce((json: Schema, part: string) => json[part], document)
    : schema;

/**
 * Fits each pattern that is about more than ASCII: those of names, resources, labels and passwords. Of such a
 * pattern itself fast-check makes no text in finite time.
 */
const word = fc.oneof(
  { weight: 5, arbitrary: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._@+-]{7,60}$/) },
  fc.constantFrom('Ärger-übermut', 'ﬁve-①２３４５', 'नमस्ते-दुनिया', 'e\u0301'.repeat(20)),
);

/** What a schema allows, but for its further rules: those are for the check of what was made. */
const fitting = (of: Schema): fc.Arbitrary<unknown> => {
  const schema = resolve(of);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'string':
      if (!schema.pattern) return text;
      if (schema.examples) {
        // Where a pattern says little, what is known to fit as well.
        const matching = fc.stringMatching(new RegExp(schema.pattern));
        return fc.oneof(fc.constantFrom(...schema.examples), matching);
      }
      return schema.pattern.includes('\\u') ? word : fc.stringMatching(new RegExp(schema.pattern));
    case 'integer':
      return fc.integer({ min: schema.minimum, max: Math.min(schema.maximum, 2 ** 31 - 1) });
    case 'array':
      return fc.array(fitting(schema.items), { maxLength: 3 });
    case 'object':
      return fc.record(members(schema, fitting), { requiredKeys: schema.required ?? [] });
    default:
      return value;
  }
};

const members = (schema: Schema, of: (schema: Schema) => fc.Arbitrary<unknown>) =>
  Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, one]) => [name, of(one)]));

/** What is nearly as a schema wants it: members gone, changed or added, at any depth. */
export const nearly = (of: Schema): fc.Arbitrary<unknown> => {
  const schema = resolve(of);
  const wrong = { weight: 1, arbitrary: value };
  if (schema.type === 'array') {
    const list = fc.array(nearly(schema.items), { maxLength: 3 });
    return fc.oneof({ weight: 6, arbitrary: list }, wrong);
  }
  if (schema.type !== 'object') {
    return fc.oneof({ weight: 6, arbitrary: fitting(schema) }, wrong);
  }
  const changed = fc.record(members(schema, nearly), { requiredKeys: [] });
  const added = fc.dictionary(text, value, { maxKeys: 1 });
  return fc.oneof(
    { weight: 8, arbitrary: fitting(schema) },
    { weight: 6, arbitrary: fc.tuple(changed, added).map(([a, b]) => ({ ...a, ...b })) },
    wrong,
  );
};

/** A path parameter: encoded rightly, or not. */
export const part = (usual: () => string): fc.Arbitrary<() => string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(() => usual()) },
    {
      weight: 2,
      arbitrary: text.map((raw) => () => encodeURIComponent(raw.toWellFormed()) || 'x'),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('%', '%zz', '%C3%28', '%00', '%ED%A0%80', '..%2f', '%2e%2e')
        .map((raw) => () => raw),
    },
  );

/** A query of parameters that the operation has, and others. */
export const queryOf = (parameters: readonly { name: string; in: string; schema: Schema }[]) => {
  const named = parameters.filter((one) => one.in === 'query');
  const right = named.map(({ name, schema }) => fc.tuple(fc.constant(name), fitting(schema)));
  const wrong = fc.tuple(fc.oneof(text, fc.constantFrom('limit', 'after', 'resource')), text);
  const rarely = fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, fc.tuple(wrong));
  const mostly = right.map((pair) =>
    fc.oneof({ weight: 5, arbitrary: fc.tuple(pair) }, fc.constant([])),
  );
  const written = fc.tuple(...mostly, rarely).map((pairs) => {
    const query = pairs
      .flat()
      .map(([name, value]) => [name.toWellFormed(), String(value).toWellFormed()]);
    return `?${new URLSearchParams(query as [string, string][])}`;
  });
  const odd = fc.constantFrom('', '?limit=%zz', '?%', '?a=%C3%28', '?&&&', '?limit[]=1', '?=');
  return fc.oneof({ weight: 4, arbitrary: written }, { weight: 1, arbitrary: odd });
};
