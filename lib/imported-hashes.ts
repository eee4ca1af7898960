import bcrypt from 'bcryptjs';
import * as v from 'valibot';
import { type Argon2id, isArgon2id, matchesArgon2id, parseArgon2id } from './argon2id.ts';
import { config } from './config.ts';
import { invalid } from './errors.ts';
import { showHash } from './passwords.ts';

/**
 * Most of each that a login may take: 128 MiB, and about as long as bcrypt at cost 12 (some 270 ms for 256 MiB
 * written in all). Holds the defaults of argon2-cffi, node-argon2, PHP, Django, Keycloak and libsodium
 * (interactive), and all that OWASP recommends.
 */
const mostMemory = 131_072;
const mostWritten = 262_144;
const mostPasses = 16;
const mostParallelism = 16;

const rule =
  'must be base64 of a bcrypt hash ($2a$, $2b$ or $2y$) or of an argon2id hash ($argon2id$v=19$m=…,t=…,p=…$salt$hash)';

const argon2idRule = `must be of argon2id with m at most ${mostMemory}, t and p at most ${mostPasses}, m times t at most ${mostWritten}, m at least 8 times p, a salt of 8 to 64 bytes and a hash of 16 to 64 bytes`;

const isBetween = (least: number, value: number, most: number): boolean =>
  value >= least && value <= most;

const isBounded = ({ memory, passes, parallelism, nonce, tag }: Argon2id): boolean =>
  // At least that much by RFC 9106 section 3.1.
  isBetween(8 * parallelism, memory, mostMemory) &&
  passes <= mostPasses &&
  parallelism <= mostParallelism &&
  memory * passes <= mostWritten &&
  isBetween(8, nonce.length, 64) &&
  isBetween(16, tag.length, 64);

/**
 * Of the last character of salt and of hash some bits mean nothing. bcryptjs compares texts, so a hash that has
 * them set would never match.
 */
const bcryptFormat =
  /^\$2[aby]\$(?:0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{30}[.CGKOSWaeimquy26]$/;

/** Why a hash cannot be taken; undefined if it can. */
const faultOf = (hash: string): string | undefined => {
  if (isArgon2id(hash)) {
    const parsed = parseArgon2id(hash);
    if (!parsed) return rule;
    return isBounded(parsed) ? undefined : argon2idRule;
  }
  if (!bcryptFormat.test(hash)) return rule;
  const most = config.bcryptCost;
  return bcrypt.getRounds(hash) > most ? `must be of a bcrypt cost from 4 to ${most}` : undefined;
};

/** Input schema of a hash from another system, in base64 as `showHash` gives it: out comes the hash. */
export const importedHashSchema = v.pipe(
  v.string('must be a string'),
  v.rawTransform<string, string>(({ dataset: { value }, addIssue, NEVER }) => {
    const hash = Buffer.from(value, 'base64').toString();
    const fault = showHash(hash) === value ? faultOf(hash) : rule;
    if (fault === undefined) return hash;
    addIssue({ message: fault });
    return NEVER;
  }),
);

/** A hash of `x`, by the reference implementation. */
const known = '$argon2id$v=19$m=8,t=1,p=1$A4vg2T77uG0$owX2oV/EyHlxn6EDQzcE4A';

/** Refuses a hash that this runtime cannot compare a password with, before its user finds out. */
export const requireToVerify = async (hash: string): Promise<void> => {
  if (!isArgon2id(hash) || (await matchesArgon2id('x', known))) return;
  throw invalid(
    'password_hash is of argon2id, which needs Node 24.7 or newer with OpenSSL 3.2 or newer: run Bailiwick on that, or create this user with a password.',
  );
};
