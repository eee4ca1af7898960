import { expect, it } from 'vitest';
import { digitsOf, newUlid, ulidPattern } from '../../lib/ids.ts';
import { kindOf, mintToken } from '../../lib/tokens.ts';

it('writes a ULID as its specification does', () => {
  // The example of github.com/ulid/spec: 1469918176385 ms is 01ARYZ6S41.
  expect(newUlid(1_469_918_176_385)).toMatch(/^01ARYZ6S41[0-9A-HJKMNP-TV-Z]{16}$/);
  expect(newUlid()).toMatch(ulidPattern);
  expect(newUlid(2 ** 48 - 1)).toMatch(/^7ZZZZZZZZZ/);
});

it('makes ids that sort by time', () => {
  const times = [0, 1, 61, 62, 1e6, Date.now(), Date.now() + 1, 62 ** 8 - 1];
  const texts = times.map((time) => digitsOf(time, 8));
  expect([...texts].sort()).toEqual(texts);
  expect(new Set(texts.map(({ length }) => length))).toEqual(new Set([8]));
});

it('tells the kind of a token by its id', () => {
  expect(kindOf(mintToken('api_key', 'x').tokenId)).toBe('api_key');
  expect(kindOf(mintToken('session', 'x').tokenId)).toBe('session');
});
