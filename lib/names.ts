import * as v from 'valibot';
import { accessTypes } from './access.ts';
import { foldName } from './fold-name.ts';

const characters = (text: string): number => [...text].length;

/**
 * Letters and digits of any script: the LetterDigits of RFC 8264 section 9.1, which count the
 * combining marks that many scripts write their vowels with.
 */
const usernamePattern = /^[\p{L}\p{Nd}][\p{L}\p{Mn}\p{Mc}\p{Nd}._@+-]*$/u;

const usernameRule =
  'must be 1 to 128 letters, digits or . _ @ + - and begin with a letter or digit';

/** Input schema of a username: out comes the NFKC form, as it is kept and shown. */
export const usernameSchema = v.pipe(
  v.string(usernameRule),
  v.check((text) => text.isWellFormed() && text.length <= 1024, usernameRule),
  v.transform((text) => text.normalize('NFKC')),
  v.check((text) => usernamePattern.test(text) && characters(text) <= 128, usernameRule),
  v.check((text) => foldName(text) !== 'me', 'must not be "me": that name is reserved'),
);

/** The path of everything about one user. */
export const userPath = v.strictObject({ userName: usernameSchema });

const partRule = 'must be at most 128 letters, digits or . _ @ + -';

/** Input schema of a username, or the beginning of one, to list from: empty is from the start. */
export const namePartSchema = v.pipe(
  v.string(partRule),
  v.check((text) => text.length <= 1024 && text.isWellFormed(), partRule),
  v.transform((text) => text.normalize('NFKC')),
  v.check((text) => /^[\p{L}\p{Nd}\p{Mn}\p{Mc}._@+-]{0,128}$/u.test(text), partRule),
);

const resourceRule = 'must be 1 to 256 characters (at most 1000 bytes) without control characters';

/** Whether a text can be a resource. */
export const isResource = (text: string): boolean =>
  // Whatever is longer has more than 256 characters, and need not be looked through.
  text.length <= 512 &&
  text.isWellFormed() &&
  /^\P{Cc}+$/u.test(text) &&
  characters(text) <= 256 &&
  // A sort key holds 1,024 bytes, and this is part of one.
  Buffer.byteLength(text) <= 1000;

/** Input schema of a resource: any one thing, or with exactly `*` every one. */
export const resourceSchema = v.pipe(v.string(resourceRule), v.check(isResource, resourceRule));

const resourceTypeRule =
  'must be table, user, another lower-case word of at most 64 characters, or *';

/** Input schema of a kind of resource, or `*` for every kind. */
export const resourceTypeSchema = v.pipe(
  v.string(resourceTypeRule),
  v.regex(/^(?:[a-z][a-z0-9_-]{0,63}|\*)$/, resourceTypeRule),
);

export const accessTypeSchema = v.picklist(accessTypes, 'must be read, write or admin');

/** The resource as grants on it are kept: a `user` resource is a username, so it is folded like one. */
export const foldResource = (resourceType: string, resource: string): string =>
  resourceType === 'user' ? foldName(resource) : resource;

/**
 * Folds the resource of a permission that has passed its schema. Folding can make it too long to keep, or a
 * `*` that its writer did not write.
 */
export const folded = <P extends { resource: string; resource_type: string }>() =>
  v.rawTransform<P, P>(({ dataset: { value }, addIssue, NEVER }) => {
    const resource = foldResource(value.resource_type, value.resource);
    if (isResource(resource) && (resource !== '*' || value.resource === '*')) {
      return { ...value, resource };
    }
    const at = { type: 'object', origin: 'value', input: { ...value } } as const;
    addIssue({
      message: resourceRule,
      path: [{ ...at, key: 'resource', value: value.resource }],
    });
    return NEVER;
  });

/** Input schema of a permission. */
export const permissionSchema = v.pipe(
  v.strictObject({
    resource: resourceSchema,
    resource_type: resourceTypeSchema,
    type: accessTypeSchema,
  }),
  folded(),
);

const permissionsRule = 'must be a list of at most 50 permissions';

/** Input schema of a list of permissions: first grants, or a scope. */
export const permissionsSchema = v.pipe(
  v.array(permissionSchema, permissionsRule),
  v.maxLength(50, permissionsRule),
);

const labelRule = 'must be 1 to 128 characters without control characters';

/** Input schema of what a person calls a thing of theirs. */
export const labelSchema = v.pipe(
  v.string(labelRule),
  v.check(
    (text) => text.isWellFormed() && /^\P{Cc}+$/u.test(text) && characters(text) <= 128,
    labelRule,
  ),
);
