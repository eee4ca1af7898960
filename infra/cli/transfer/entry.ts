import * as v from 'valibot';
import type { Permission } from '../../../lib/access.ts';
import { invalid } from '../../../lib/errors.ts';
import { parse } from '../../../lib/http/input.ts';
import { permissionSchema, usernameSchema } from '../../../lib/names.ts';
import { passwordSchema } from '../../../lib/passwords.ts';

/** A user as a line of an export says it, in this order. */
export interface Exported {
  username: string;
  password_hash: string;
  permissions: Permission[];
}

/** A user as it is to be made. */
export interface Entry {
  username: string;
  /** The text of a hash, `$2b$…` or `$argon2id$…`; or a password. */
  secret: { hash: string } | { password: string };
  /** Each once. */
  permissions: Permission[];
}

const bcrypt = /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/;
const argon2id = /^\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$/;
const isHash = (text: string): boolean => bcrypt.test(text) || argon2id.test(text);

const hashRule = 'must be a bcrypt hash ($2a$, $2b$ or $2y$), an argon2id hash, or base64 of one';

/** Out comes the text of the hash. */
const hashSchema = v.pipe(
  v.string(hashRule),
  v.transform((text) => (isHash(text) ? text : Buffer.from(text, 'base64').toString())),
  v.check(isHash, hashRule),
);

const lineSchema = v.strictObject({
  username: usernameSchema,
  password_hash: v.optional(hashSchema),
  password: v.optional(passwordSchema),
  permissions: v.optional(v.array(permissionSchema, 'must be a list of permissions'), []),
});

/** JSON.parse shows in its error what it could not read, which may be a secret. */
const jsonOf = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw invalid('This is no JSON in UTF-8.');
  }
};

/** Names a permission among others. */
export const nameOf = ({ resource, resource_type, type }: Permission): string =>
  JSON.stringify([resource, resource_type, type]);

/** Reads a line. Throws `invalid` with a sentence that has nothing secret in it. */
export const parseEntry = (bytes: Buffer | undefined): Entry => {
  if (!bytes) throw invalid('This line is longer than 32 MB.');
  const { username, password, password_hash, permissions } = parse(
    lineSchema,
    jsonOf(bytes),
    'The line',
  );
  if ((password === undefined) === (password_hash === undefined)) {
    throw invalid('password_hash or password must be there, and only one of them.');
  }
  const each = new Map(permissions.map((permission) => [nameOf(permission), permission]));
  return {
    username,
    secret: password_hash === undefined ? { password: password ?? '' } : { hash: password_hash },
    permissions: [...each.values()],
  };
};
