import { createHash, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { digitsOf, randomDigits } from './ids.ts';

/** What a token is for: a program, until it is deleted, or a person who has logged in. */
export type TokenKind = 'api_key' | 'session';

const letterOf: Record<TokenKind, string> = { api_key: 'K', session: 'S' };

/** First letter of the ids of one kind: ids of a kind sort together, and by their creation. */
export const idPrefix = (kind: TokenKind): string => letterOf[kind];

/** Whether a text can be the id of an API key. */
export const isApiKeyId = (text: string): boolean => /^K[0-9A-Za-z]{19}$/.test(text);

export const kindOf = (tokenId: string): TokenKind =>
  tokenId.startsWith(letterOf.session) ? 'session' : 'api_key';

/** Kind, time of creation in ms and 65 bits of chance: 20 of 0-9A-Za-z. An id is no secret. */
const newTokenId = (kind: TokenKind): string =>
  letterOf[kind] + digitsOf(Date.now(), 8) + randomDigits(11);

const checksum = (text: string): string => digitsOf(crc32(text), 6);

const hashSecret = (secret: string): Uint8Array => createHash('sha256').update(secret).digest();

const shape = /^bw_([A-Za-z0-9_-]{1,684})\.([0-9A-Za-z]{20})\.([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

/** A token taken apart. The secret never leaves this module: `matches` compares it. */
export interface ParsedToken {
  username: string;
  tokenId: string;
  /** Compares with the stored hash in constant time. */
  matches(storedHash: Uint8Array): boolean;
}

/** A fresh token: `secret` and `encoded` are for its owner's eyes only, id and hash for the table. */
export interface MintedToken {
  tokenId: string;
  secret: string;
  secretHash: Uint8Array;
  encoded: string;
}

/** Mints `bw_<base64url(username)>.<20 id>.<43 secret, 256 bits><6 CRC-32 of all before it>`. */
export const mintToken = (kind: TokenKind, username: string): MintedToken => {
  const tokenId = newTokenId(kind);
  const secret = randomDigits(43);
  const body = `bw_${Buffer.from(username).toString('base64url')}.${tokenId}.${secret}`;
  return { tokenId, secret, secretHash: hashSecret(secret), encoded: body + checksum(body) };
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
