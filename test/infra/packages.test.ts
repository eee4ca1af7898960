import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bundle } from '../../infra/bundle.ts';
import { authorizer, bootstrap, type FunctionSpec, pages, routes } from '../../infra/routes.ts';

const specs: FunctionSpec[] = [...routes, ...pages, authorizer, bootstrap];
const { folder, packages } = bundle(specs.map(({ entry }) => entry));
rmSync(folder, { recursive: true });

/** Around every endpoint. */
const middy = ['@middy/core', '@middy/http-json-body-parser', '@middy/util'];

const passwords = ['bcryptjs'];
/** Beside the function that serves it, with its notices. */
const reference = ['redoc'];
const known = ['valibot', ...middy, ...passwords, ...reference];

/** A constant may stay of a package of which nothing is used, and counts as nothing. */
const mostLeftover = 256;

/** The packages that a function really contains. */
const contained = (entry: string): string[] =>
  Object.entries(packages.get(entry) ?? {})
    .filter(([, bytes]) => bytes > mostLeftover)
    .map(([name]) => name);

describe('what ships', () => {
  it('is known, package by package', () => {
    const shipped = [...packages.values()].flatMap((found) => Object.keys(found));
    expect([...new Set(shipped)].sort()).toEqual(known.sort());
  });

  it('is known of every function', () => {
    expect([...packages.keys()].sort()).toEqual(specs.map(({ entry }) => entry).sort());
  });
});

describe.each(specs)('$entry', ({ entry, hashes }) => {
  const found = contained(entry);

  it(`contains ${hashes ? 'the hashing of passwords' : 'no hashing of passwords'}`, () => {
    expect(found.includes('bcryptjs')).toBe(Boolean(hashes));
  });

  it(`contains ${entry === 'docs/script' ? 'the reference' : 'nothing of the reference'}`, () => {
    expect(found.includes('redoc')).toBe(entry === 'docs/script');
  });
});
