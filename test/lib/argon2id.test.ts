import { stdout } from 'node:process';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { matchesArgon2id, parseArgon2id } from '../../lib/argon2id.ts';
import { password } from '../support/api.ts';
import { argon2idHashes, malformedArgon2id, quickArgon2id } from '../support/hashes.ts';

describe('a hash in PHC string format', () => {
  it('is read part by part', () => {
    expect(parseArgon2id('$argon2id$v=19$m=256,t=2,p=3$c29tZXNhbHQ$AAEC')).toEqual({
      memory: 256,
      passes: 2,
      parallelism: 3,
      nonce: Buffer.from('somesalt'),
      tag: Buffer.from([0, 1, 2]),
    });
  });

  it.each(Object.values(argon2idHashes))('is read: %s', (hash) => {
    expect(parseArgon2id(hash)).toBeDefined();
  });

  it.each(Object.entries(malformedArgon2id))('is none %s', (_, hash) => {
    expect(hash).not.toBe(quickArgon2id);
    expect(parseArgon2id(hash)).toBeUndefined();
  });
});

describe('comparing', () => {
  // Of the reference implementation's own tests (P-H-C/phc-winner-argon2, src/test.c).
  it.each([
    '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
    '$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc',
    '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
  ])('knows the right one of %s', async (hash) => {
    expect(await matchesArgon2id('password', hash)).toBe(true);
    expect(await matchesArgon2id('passwore', hash)).toBe(false);
    expect(await matchesArgon2id('', hash)).toBe(false);
    expect(await matchesArgon2id('password', hash.replace(/.{3}$/, 'AAA'))).toBe(false);
  });

  it('is always wrong against what is no hash', async () => {
    expect(await matchesArgon2id('', '$argon2id$v=19$m=64,t=1,p=1$$')).toBe(false);
  });
});

describe('where Node has no Argon2', () => {
  afterEach(() => {
    vi.doUnmock('node:crypto');
    vi.resetModules();
    vi.restoreAllMocks();
  });
  const unsupported = () => {
    throw new Error('Argon2 algorithm not supported');
  };

  it.each([
    ['before 24.7', undefined],
    ['with an OpenSSL before 3.2', unsupported],
  ])('no password is right, the log says why, and no hash is taken: %s', async (_, argon2) => {
    vi.resetModules();
    vi.doMock('node:crypto', async (actual) => ({ ...(await actual<object>()), argon2 }));
    const lines: string[] = [];
    vi.spyOn(stdout, 'write').mockImplementation((line) => {
      lines.push(String(line));
      return true;
    });
    const lib = await import('../../lib/argon2id.ts');
    const imported = await import('../../lib/imported-hashes.ts');
    expect(await lib.matchesArgon2id(password, quickArgon2id)).toBe(false);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'error',
      message: 'Argon2id does not work in this runtime, so a password was taken for wrong',
    });
    expect(lines[0]).not.toContain('$argon2id');
    await expect(imported.requireToVerify(quickArgon2id)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('Node 24.7 or newer'),
    });
    await imported.requireToVerify('$2b$04$');
  });
});
