import bcrypt from 'bcryptjs';
import * as v from 'valibot';
import { isArgon2id, matchesArgon2id } from './argon2id.ts';
import { isCommonPassword } from './common-passwords.ts';
import { config } from './config.ts';
import { invalid } from './errors.ts';
import { foldName } from './fold-name.ts';

/** Input schema of a password as it was sent; one to be set also passes `checkNewPassword`. */
export const passwordSchema = v.pipe(
  v.string('must be a string'),
  v.check((text) => text.isWellFormed(), 'must be well-formed Unicode'),
);

/** What is hashed of a password: the same in whatever form it was typed. */
const normalized = (password: string): string => password.normalize('NFC');

/** Whether bcrypt can hold a password: it reads 72 bytes and would silently ignore the rest. */
export const fitsBcrypt = (password: string): boolean => !bcrypt.truncates(normalized(password));

/**
 * Refuses a new password that is too weak or that bcrypt cannot hold.
 *
 * The rules follow NIST SP 800-63B section 5.1.1.2: length, a list of common passwords, no
 * composition rules. `field` names the input in the sentence.
 */
export const checkNewPassword = (field: string, given: string, username: string): void => {
  const password = normalized(given);
  const reject = (rule: string) => invalid(`${field} ${rule}.`);
  const least = config.passwordMinLength;
  if ([...password].length < least) throw reject(`must have at least ${least} characters`);
  if (!fitsBcrypt(password)) throw reject('must be at most 72 bytes of UTF-8');
  if (foldName(password) === foldName(username)) throw reject('must not be the username');
  if (isCommonPassword(password)) {
    throw reject('must not be one of the common passwords that are guessed first');
  }
};

/** Hashes a checked password as `$2b$<cost>$…`. */
export const hashPassword = (password: string): Promise<string> =>
  bcrypt.hash(normalized(password), config.bcryptCost);

/** One beyond bcrypt's 72 bytes is wrong, never cut. */
const matches = async (text: string, hash: string): Promise<boolean> =>
  isArgon2id(hash)
    ? matchesArgon2id(text, hash)
    : !bcrypt.truncates(text) && bcrypt.compare(text, hash);

/** Whether `password` is the one hashed: normalized, as here, or else as it was sent, as elsewhere. */
export const verifyPassword = async (password: string, hash: string): Promise<boolean> => {
  const text = normalized(password);
  return (await matches(text, hash)) || (text !== password && matches(password, hash));
};

/** A hash of no password that anyone knows, at a cost of one's choice. */
const dummyHash = (cost: number): string =>
  `$2b$${String(cost).padStart(2, '0')}$PGnkqzQMGw3KAfOJ0JvYcOYiNoMWT1fV0kbHAUVeJRvVNHtXjC3mC`;

/**
 * `verifyPassword` in the time of a hash of the current cost, whether there is a hash of that cost, one
 * of a lower cost or none, so that the time of a failure tells nothing about the user. Comparing at
 * each cost from the hash's own to the one below the current takes what is missing: the sum of 2^c.
 * Argon2id takes a time of its own, and there only the time that a stage sets for failed logins tells nothing.
 */
export const verifyEvenly = async (
  password: string,
  hash: string | undefined,
): Promise<boolean> => {
  const cost = config.bcryptCost;
  if (hash === undefined) return (await verifyPassword(password, dummyHash(cost))) && false;
  if (await verifyPassword(password, hash)) return true;
  if (isArgon2id(hash)) return false;
  for (let lower = bcrypt.getRounds(hash); lower < cost; lower++) {
    await verifyPassword(password, dummyHash(lower));
  }
  return false;
};

/** Whether a hash was made when hashing was cheaper than now, or by another system. */
export const isOutdated = (hash: string): boolean =>
  !hash.startsWith('$2b$') || bcrypt.getRounds(hash) < config.bcryptCost;

/** A hash as the contract shows it: base64 of its text; without one, of stars. */
export const showHash = (hash = '********'): string => Buffer.from(hash).toString('base64');
