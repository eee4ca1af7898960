import { argon2, timingSafeEqual } from 'node:crypto';
import { describeError, log } from './log.ts';

/** The parts of a hash by the names of RFC 9106 section 3.1. */
export interface Argon2id {
  /** KiB */
  memory: number;
  passes: number;
  parallelism: number;
  /** The salt. */
  nonce: Buffer;
  tag: Buffer;
}

/** Whether a hash says that it is of argon2id; all others are of bcrypt. */
export const isArgon2id = (hash: string): boolean => hash.startsWith('$argon2id$');

/** The bytes of base64 without padding; none of a text that its own bytes would not be written as. */
const bytesOf = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64').replace(/=+$/, '') === text ? bytes : Buffer.alloc(0);
};

const number = '([1-9]\\d{0,9})';
const base64 = '([A-Za-z0-9+/]+)';
const format = new RegExp(
  `^\\$argon2id\\$v=19\\$m=${number},t=${number},p=${number}\\$${base64}\\$${base64}$`,
);

/**
 * Reads `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, the PHC string format with all of its parts, in its one
 * spelling: no leading zeros, no padding. Returns undefined for anything else.
 */
export const parseArgon2id = (hash: string): Argon2id | undefined => {
  const [, memory, passes, parallelism, salt = '', tag = ''] = format.exec(hash) ?? [];
  const parsed = {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    nonce: bytesOf(salt),
    tag: bytesOf(tag),
  };
  return parsed.nonce.length > 0 && parsed.tag.length > 0 ? parsed : undefined;
};

/**
 * Whether `text` is what was hashed. Where Node has no Argon2 (before 24.7, or with an OpenSSL before 3.2)
 * nothing is, and the log says so.
 */
export const matchesArgon2id = async (text: string, hash: string): Promise<boolean> => {
  const parsed = parseArgon2id(hash);
  if (!parsed) return false;
  const { tag, ...parameters } = parsed;
  try {
    const found = await new Promise<Buffer>((resolve, reject) =>
      argon2(
        'argon2id',
        { ...parameters, message: Buffer.from(text), tagLength: tag.length },
        (error, key) => (error ? reject(error) : resolve(key)),
      ),
    );
    return timingSafeEqual(found, tag);
  } catch (error) {
    log.error('Argon2id does not work in this runtime, so a password was taken for wrong', {
      error: describeError(error),
    });
    return false;
  }
};
