import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** May be in what is deployed: all of them ask for no more than their notice. */
const permissive = ['0BSD', 'Apache-2.0', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT'];

/** May be used to build and test besides: copyleft of single files, none of which is shipped. */
const forDevelopment = ['MPL-2.0'];

/** Packages whose package.json names no licence, with where it is found instead. */
const elsewhere: Record<string, string> = {};

interface Locked {
  license?: string;
  dev?: boolean;
}

const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8'));
const locked = Object.entries<Locked>(lock.packages).filter(([path]) => path !== '');
const nameOf = (path: string) => path.split('node_modules/').at(-1) ?? '';

/** `(MIT OR GPL-3.0-or-later)`: one that may be chosen is enough. Anything more is for people to read. */
const choicesOf = (license: string) => license.replace(/^\((.*)\)$/, '$1').split(' OR ');

describe('licences', () => {
  it('of what is installed are known', () => {
    const silent = locked.filter(([path, { license }]) => !license && !elsewhere[nameOf(path)]);
    expect(silent).toEqual([]);
  });

  it.each([
    { part: 'what is deployed', dev: false, allowed: permissive },
    { part: 'what builds and tests it', dev: true, allowed: [...permissive, ...forDevelopment] },
  ])('of $part are allowed', ({ dev, allowed }) => {
    const part = locked.filter(([, one]) => Boolean(one.dev) === dev);
    expect(part.length).toBeGreaterThan(10);
    const refused = part
      .filter(
        ([, { license }]) => license && !choicesOf(license).some((it) => allowed.includes(it)),
      )
      .map(([path, { license }]) => `${path}: ${license}`);
    expect(refused).toEqual([]);
  });

  it('that are allowed are those there are, so that a new kind is looked at', () => {
    const present = new Set(locked.flatMap(([, { license = '' }]) => choicesOf(license)));
    for (const license of [...permissive, ...forDevelopment]) expect(present).toContain(license);
    const names = new Set(locked.map(([path]) => nameOf(path)));
    for (const name of Object.keys(elsewhere)) expect(names).toContain(name);
  });
});
