import { randomBytes } from 'node:crypto';

/** 62 digits in the order of their bytes, so that numbers of one length sort as text. */
const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A whole number in so many digits of an alphabet, the highest first. */
export const digitsOf = (value: number, length: number, alphabet = base62): string => {
  let rest = value;
  let text = '';
  for (let place = 0; place < length; place++) {
    text = alphabet[rest % alphabet.length] + text;
    rest = Math.floor(rest / alphabet.length);
  }
  return text;
};

/** Random digits, each equally likely: bytes past the last whole alphabet are drawn again. */
export const randomDigits = (length: number, alphabet = base62): string => {
  const end = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length * 2)) {
      if (byte < end && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
};

/** A ULID (github.com/ulid/spec): 48 bits of time in ms and 80 of chance, sorting by time. */
export const newUlid = (now = Date.now()): string =>
  digitsOf(now, 10, crockford) + randomDigits(16, crockford);

/** Sorts before every ULID of a time, and after every one before it. */
export const firstUlid = (time: number): string => digitsOf(time, 10, crockford) + '0'.repeat(16);

export const lastUlid = firstUlid(2 ** 48 - 1);

export const ulidPattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
