import bcrypt from 'bcryptjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isOutdated, verifyEvenly } from '../../lib/passwords.ts';
import { password } from '../support/api.ts';
import { bcryptHashes, quickArgon2id, umlaut } from '../support/hashes.ts';

/** Rounds of bcrypt that verifying took. */
const roundsOf = async (verify: () => Promise<boolean>) => {
  const compare = vi.spyOn(bcrypt, 'compare');
  const isRight = await verify();
  const rounds = compare.mock.calls.reduce((sum, [, hash]) => sum + 2 ** bcrypt.getRounds(hash), 0);
  return { isRight, rounds };
};

describe('verifying', () => {
  beforeEach(() => {
    vi.stubEnv('BCRYPT_COST', '7');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it.each([
    ['a hash of the current cost', 7],
    ['one of a lower cost', 4],
    ['one of the cost below', 6],
    ['no hash', undefined],
  ])('a wrong password takes the rounds of the current cost, with %s', async (_, cost) => {
    const hash = cost && (await bcrypt.hash('right', cost));
    const found = await roundsOf(() => verifyEvenly('wrong', hash || undefined));
    expect(found).toEqual({ isRight: false, rounds: 2 ** 7 });
  });

  it.each(Object.values(bcryptHashes))(
    'a wrong password takes them with a hash from another system: %s',
    async (hash) => {
      const found = await roundsOf(() => verifyEvenly('wrong', hash));
      expect(found).toEqual({ isRight: false, rounds: 2 ** 7 });
    },
  );

  it.each([
    ['a hash of the current cost', 7],
    ['one of a lower cost', 5],
    ['no hash', undefined],
  ])('one that is not normalized takes them twice, with %s', async (_, cost) => {
    const hash = cost && (await bcrypt.hash('right', cost));
    const found = await roundsOf(() => verifyEvenly(umlaut.nfd, hash || undefined));
    expect(found).toEqual({ isRight: false, rounds: 2 ** 8 });
  });

  it('takes none of them for argon2id, whose time the stage hides', async () => {
    const found = await roundsOf(() => verifyEvenly('wrong', quickArgon2id));
    expect(found).toEqual({ isRight: false, rounds: 0 });
    expect(await verifyEvenly(password, quickArgon2id)).toBe(true);
  });

  it('knows the right one', async () => {
    expect(await verifyEvenly('right', await bcrypt.hash('right', 4))).toBe(true);
    expect(await verifyEvenly('right', await bcrypt.hash('right', 7))).toBe(true);
  });

  it('takes nothing, with and without a hash, for one that bcrypt would cut', async () => {
    const long = 'x'.repeat(73);
    const hash = await bcrypt.hash('x'.repeat(72), 7);
    const cut = await roundsOf(() => verifyEvenly(long, hash));
    const none = await roundsOf(() => verifyEvenly(long, undefined));
    expect([cut, none]).toEqual([
      { isRight: false, rounds: 0 },
      { isRight: false, rounds: 0 },
    ]);
  });

  it('knows which hashes cost less than new ones', async () => {
    expect(isOutdated(await bcrypt.hash('x', 6))).toBe(true);
    expect(isOutdated(await bcrypt.hash('x', 7))).toBe(false);
  });

  it('knows which hashes are from another system', async () => {
    const current = await bcrypt.hash('x', 7);
    for (const prefix of ['$2a$', '$2y$']) {
      expect(isOutdated(current.replace('$2b$', prefix))).toBe(true);
    }
    expect(isOutdated(quickArgon2id)).toBe(true);
  });
});
