import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { foldName } from '../../lib/fold-name.ts';
import { usernameSchema } from '../../lib/names.ts';

describe('foldName', () => {
  it.each([
    ['JohnDoe', 'johndoe'],
    ['STRASSE', 'straße'],
    ['ΟΔΥΣΣΕΥΣ', 'οδυσσευς'],
    ['ΟΔΥΣΣΕΥΣ', 'οδυσσευσ'],
    ['Ärger', 'A\u0308RGER'],
    ['ｊｏｈｎ', 'john'],
    ['ﬁx', 'FIX'],
  ])('takes %s and %s for one name', (a, b) => {
    expect(foldName(a)).toBe(foldName(b));
  });

  it('keeps the beginning of a name the beginning of its folded form', () => {
    expect(foldName('ΟΔΥΣΣΕΥΣ').startsWith(foldName('ΟΔΥΣ'))).toBe(true);
  });

  it('leaves folded letters as they are, for every letter that a name may hold', () => {
    for (let code = 0; code <= 0x1ffff; code++) {
      const letter = String.fromCodePoint(code);
      if (!/[\p{L}\p{Nd}\p{Mn}\p{Mc}]/u.test(letter)) continue;
      const folded = foldName(letter);
      if (foldName(folded) !== folded) throw new Error(`U+${code.toString(16)} folds twice`);
    }
  });
});

describe('usernameSchema', () => {
  it.each([
    'a',
    '9',
    'john.doe',
    'john_doe',
    'john@example.com',
    'a+b-c',
    'प्रिया',
    'สมชาย',
    '山田',
    'Łukasz',
    'x'.repeat(128),
    '𐐷'.repeat(128),
  ])('takes %s', (name) => {
    expect(v.is(usernameSchema, name)).toBe(true);
  });

  it.each([
    '',
    '.a',
    '-a',
    '@a',
    ' a',
    'a b',
    'a/b',
    'a#b',
    'a*',
    'a\0',
    'a\n',
    '😀',
    '\u0301a',
    '\ud800',
    'x'.repeat(129),
    '𐐷'.repeat(129),
    'me',
    'ME',
    'ｍｅ',
    'a\u200bb',
    'a\u202eb',
  ])('refuses %j', (name) => {
    expect(v.is(usernameSchema, name)).toBe(false);
  });
});
