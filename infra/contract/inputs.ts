import type { JsonSchema } from '@valibot/to-json-schema';
import { lifetimeSchema } from '../../lib/duration.ts';
import { importedHashSchema } from '../../lib/imported-hashes.ts';
import { labelSchema, namePartSchema, resourceSchema, usernameSchema } from '../../lib/names.ts';
import { limitSchema } from '../../lib/paging.ts';
import { passwordSchema } from '../../lib/passwords.ts';

/*
 * What JSON Schema can say of inputs whose rules are code. None of it forbids what the API takes; where a rule
 * needs Unicode's tables, the pattern is exact for ASCII and open for the rest, and the description has the
 * rule in words. test/api/fuzz.test.ts holds both against the API.
 */

/** What a username holds besides its first character, and what is neither ASCII nor sure to be refused. */
const nameCharacter = '[A-Za-z0-9._@+-]';
const beyondAscii = '[^\\u0000-\\u00a9]';
const nameRest = `(?:${nameCharacter}|${beyondAscii})*`;

const username: JsonSchema = {
  type: 'string',
  description:
    'A username: 1 to 128 letters and digits of any script, or `. _ @ + -`, beginning with a letter or digit. It is normalized (NFKC), kept as written, and the same in any case. `me` is reserved.',
  minLength: 1,
  // Of what is to be normalized.
  maxLength: 1024,
  pattern: `^[A-Za-z0-9]${nameCharacter}{0,127}$|^(?:[A-Za-z0-9]${nameCharacter}*)?${beyondAscii}${nameRest}$`,
  not: { pattern: '^[Mm][Ee]$' },
};

const namePart: JsonSchema = {
  type: 'string',
  description: 'At most 128 letters, digits or `. _ @ + -`.',
  maxLength: 1024,
  pattern: `^${nameCharacter}{0,128}$|^${nameCharacter}*${beyondAscii}${nameRest}$`,
};

const withoutControls = '^[^\\u0000-\\u001f\\u007f-\\u009f]+$';

const resource: JsonSchema = {
  type: 'string',
  description:
    'One thing of that type, by whatever name you give it: 1 to 256 characters (at most 1,000 bytes of UTF-8) without control characters. Exactly `*` stands for every one. Of type `user` it is a username, the same in any case.',
  minLength: 1,
  maxLength: 256,
  pattern: withoutControls,
};

const label: JsonSchema = {
  type: 'string',
  minLength: 1,
  maxLength: 128,
  pattern: withoutControls,
};

const lifetime: JsonSchema = {
  type: 'string',
  description: 'A duration as Go writes it, of at least a second: `720h`, `1h30m`, `45s`.',
  maxLength: 64,
  pattern: '^\\+?(?:(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:ns|us|µs|μs|ms|s|m|h))+$',
};

const limit: JsonSchema = { type: 'integer', minimum: 1, maximum: 1000 };

/** Of a password that is to be set; one that is compared may be any text. */
export const newPassword: JsonSchema = {
  // Of ASCII exactly; of others the bytes count, once they are normalized.
  pattern: '^[\\u0000-\\u007f]{8,72}$|[^\\u0000-\\u007f]',
};

/** Base64 of a hash, by how its text begins and how long it may be; the rest of the rule is about that text. */
const importedHash: JsonSchema = {
  type: 'string',
  maxLength: 276,
  // `$2a$`, `$2b$` or `$2y$` with 60 characters in all; or `$argon2id$v=19$m=` with 61 to 207.
  pattern: '^(?:JDJ[hi5]JD[A-Za-z0-9+/]{74}|JGFyZ29uMmlkJHY9MTkkbT0[A-Za-z0-9+/]{59,253}={0,2})$',
};

type Pipe = { pipe: readonly unknown[] };

const said: readonly (readonly [Pipe, JsonSchema])[] = [
  [usernameSchema, username],
  [namePartSchema, namePart],
  [resourceSchema, resource],
  [labelSchema, label],
  [lifetimeSchema, lifetime],
  [limitSchema, limit],
  [passwordSchema, { type: 'string' }],
  [importedHashSchema, importedHash],
];

/** By each part of its pipe, as the parts are converted one by one: what stands for the whole pipe. */
export const inputs: ReadonlyMap<unknown, JsonSchema> = new Map(
  said.flatMap(([{ pipe }, json]) => pipe.map((part) => [part, json] as const)),
);

/** Rules of one operation alone, which its members say in words. */
const inWords: readonly unknown[] = ['must be at most 8 KB of JSON'];

export const isInWords = (rule: object): boolean =>
  'message' in rule && inWords.includes(rule.message);
