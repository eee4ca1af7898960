import bcrypt from 'bcryptjs';
import * as v from 'valibot';
import { isCommonPassword } from './common-passwords.ts';
import { config } from './config.ts';
import { invalid } from './errors.ts';
import { foldName } from './names.ts';

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

/** A hash as the contract shows it: base64 of the modular-crypt string; without one, of stars. */
export const showHash = (hash = '********'): string => Buffer.from(hash).toString('base64');
