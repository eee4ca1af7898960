import { describe, expect, it } from 'vitest';
import { mintToken, parseAuthorization } from '../../lib/tokens.ts';

describe('tokens', () => {
  const { tokenId, secretHash, encoded } = mintToken('api_key', 'Zoë@example');

  it('have the fixed shape that secret scanners look for', () => {
    expect(encoded).toMatch(/^bw_[A-Za-z0-9_-]+\.[0-9A-Za-z]{20}\.[0-9A-Za-z]{49}$/);
  });

  it('come apart into what they were made of', () => {
    const parsed = parseAuthorization(`Bearer ${encoded}`);
    expect(parsed).toMatchObject({ username: 'Zoë@example', tokenId });
    expect(parsed?.matches(secretHash)).toBe(true);
    expect(parsed?.matches(mintToken('api_key', 'Zoë@example').secretHash)).toBe(false);
    expect(parsed?.matches(secretHash.subarray(1))).toBe(false);
  });

  it.each(['bearer', 'BEARER', 'Bearer '])('come under the scheme %s', (scheme) => {
    expect(parseAuthorization(`${scheme} ${encoded}`)).toBeDefined();
  });

  it('are refused with any one character changed', () => {
    for (let i = 0; i < encoded.length; i++) {
      const changed = encoded.slice(0, i) + (encoded[i] === 'a' ? 'b' : 'a') + encoded.slice(i + 1);
      expect(parseAuthorization(`Bearer ${changed}`), `at ${i}`).toBeUndefined();
    }
  });

  it.each(['', 'Bearer', encoded, `Basic ${encoded}`, `Bearer ${encoded} x`, `Bearer ${encoded}x`])(
    'are refused as %s',
    (header) => {
      expect(parseAuthorization(header)).toBeUndefined();
    },
  );

  it('draw every character equally often', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 2000; i++) {
      for (const letter of mintToken('session', 'x').encoded.slice(-49, -6)) {
        counts.set(letter, (counts.get(letter) ?? 0) + 1);
      }
    }
    const expected = (2000 * 43) / 62;
    expect(counts.size).toBe(62);
    const chiSquare = [...counts.values()].reduce(
      (sum, n) => sum + (n - expected) ** 2 / expected,
      0,
    );
    // 61 degrees of freedom: beyond 150 once in some 10^9 runs.
    expect(chiSquare).toBeLessThan(150);
  });
});
