import bcrypt from 'bcryptjs';
import * as v from 'valibot';
import { isCommonPassword } from './common-passwords.ts';
import { config } from './config.ts';
import { invalid } from './errors.ts';
import { foldName } from './fold-name.ts';

/** Input schema of a password to be compared; one to be set also passes `hashPassword`'s rules. */
export const passwordSchema = v.pipe(
  v.string('must be a string'),
  v.check((text) => text.isWellFormed(), 'must be well-formed Unicode'),
  v.transform((text) => text.normalize('NFC')),
);

/**
 * Refuses a new password that is too weak or that bcrypt cannot hold.
 *
 * The rules follow NIST SP 800-63B section 5.1.1.2: length, a list of common passwords, no
 * composition rules. `field` names the input in the sentence.
 */
export const checkNewPassword = (field: string, password: string, username: string): void => {
  const reject = (rule: string) => invalid(`${field} ${rule}.`);
  const least = config.passwordMinLength;
  if ([...password].length < least) throw reject(`must have at least ${least} characters`);
  // bcrypt reads 72 bytes and would silently ignore the rest.
  if (bcrypt.truncates(password)) throw reject('must be at most 72 bytes of UTF-8');
  if (foldName(password) === foldName(username)) throw reject('must not be the username');
  if (isCommonPassword(password)) {
    throw reject('must not be one of the common passwords that are guessed first');
  }
};

/** Hashes a checked password as `$2b$<cost>$…`. */
export const hashPassword = (password: string): Promise<string> =>
  bcrypt.hash(password, config.bcryptCost);

/** Whether `password` is the one hashed. One beyond bcrypt's 72 bytes was never set, so is wrong. */
export const verifyPassword = async (password: string, hash: string): Promise<boolean> =>
  !bcrypt.truncates(password) && bcrypt.compare(password, hash);

/** A hash of no password that anyone knows, at a cost of one's choice. */
const dummyHash = (cost: number): string =>
  `$2b$${String(cost).padStart(2, '0')}$PGnkqzQMGw3KAfOJ0JvYcOYiNoMWT1fV0kbHAUVeJRvVNHtXjC3mC`;

/**
 * `verifyPassword` in the time of a hash of the current cost, whether there is a hash of that cost, one
 * of a lower cost or none, so that the time of a failure tells nothing about the user. Comparing at
 * each cost from the hash's own to the one below the current takes what is missing: the sum of 2^c.
 */
export const verifyEvenly = async (
  password: string,
  hash: string | undefined,
): Promise<boolean> => {
  const cost = config.bcryptCost;
  if (hash === undefined) return (await verifyPassword(password, dummyHash(cost))) && false;
  const isRight = await verifyPassword(password, hash);
  if (isRight) return true;
  for (let lower = bcrypt.getRounds(hash); lower < cost; lower++) {
    await verifyPassword(password, dummyHash(lower));
  }
  return false;
};

/** Whether a hash was made when hashing was cheaper than now. */
export const isOutdated = (hash: string): boolean => bcrypt.getRounds(hash) < config.bcryptCost;

/** A hash as the contract shows it: base64 of the modular-crypt string; without one, of stars. */
export const showHash = (hash = '********'): string => Buffer.from(hash).toString('base64');
