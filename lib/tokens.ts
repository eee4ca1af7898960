import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Random text over 0-9A-Za-z, each character equally likely: bytes past 4 x 62 are drawn again. */
const randomText = (length: number): string => {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length * 2)) {
      if (byte < 248 && text.length < length) text += digits[byte % 62];
    }
  }
  return text;
};

const checksum = (text: string): string => {
  let rest = crc32(text);
  let encoded = '';
  for (let place = 0; place < 6; place++) {
    encoded = digits[rest % 62] + encoded;
    rest = Math.floor(rest / 62);
  }
  return encoded;
};

const hashSecret = (secret: string): Uint8Array => createHash('sha256').update(secret).digest();

const shape = /^bw_([A-Za-z0-9_-]{1,684})\.([0-9A-Za-z]{20})\.([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

/** A token taken apart. The secret never leaves this module: `matches` compares it. */
export interface ParsedToken {
  username: string;
  tokenId: string;
  /** Compares with the stored hash in constant time. */
  matches(storedHash: Uint8Array): boolean;
}

/** A fresh token: `encoded` is for its owner's eyes only, id and hash are for the table. */
export interface MintedToken {
  tokenId: string;
  secretHash: Uint8Array;
  encoded: string;
}

/** Mints `bw_<base64url(username)>.<20 id>.<43 secret, 256 bits><6 CRC-32 of all before it>`. */
export const mintToken = (username: string): MintedToken => {
  const tokenId = randomText(20);
  const secret = randomText(43);
  const body = `bw_${Buffer.from(username).toString('base64url')}.${tokenId}.${secret}`;
  return { tokenId, secretHash: hashSecret(secret), encoded: body + checksum(body) };
};

/** Takes `Bearer <token>` apart; undefined for anything that was never minted here. No I/O. */
export const parseAuthorization = (header: string): ParsedToken | undefined => {
  const token = /^bearer +(\S+)$/i.exec(header)?.[1];
  const [, name, tokenId, secret, sum] = shape.exec(token ?? '') ?? [];
  if (!token || !name || !tokenId || !secret || checksum(token.slice(0, -6)) !== sum) return;
  const username = Buffer.from(name, 'base64url').toString();
  const hash = hashSecret(secret);
  return {
    username,
    tokenId,
    matches: (stored) => stored.length === hash.length && timingSafeEqual(hash, stored),
  };
};
