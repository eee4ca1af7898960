import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bundle } from '../../infra/bundle.ts';
import { authorizer, bootstrap, type FunctionSpec, routes } from '../../infra/routes.ts';

const specs: FunctionSpec[] = [...routes, authorizer, bootstrap];
const { folder, packages } = bundle(specs.map(({ entry }) => entry));
rmSync(folder, { recursive: true });

/** Around every endpoint. */
const middy = ['@middy/core', '@middy/http-json-body-parser', '@middy/util'];

/** To ask the table: the client, and what it is made of. */
const sdk = [
  ...['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb', '@aws-sdk/util-dynamodb'],
  ...['@aws-sdk/core', '@aws-sdk/dynamodb-codec', '@aws/lambda-invoke-store'],
  ...['@smithy/core', '@smithy/node-http-handler', '@smithy/signature-v4', '@smithy/types'],
  // Endpoint discovery, which is off, and its cache: the client holds on to them.
  ...['@aws-sdk/middleware-endpoint-discovery', '@aws-sdk/endpoint-cache'],
  ...['mnemonist', 'obliterator'],
];

const passwords = ['bcryptjs'];
const known = ['valibot', ...middy, ...sdk, ...passwords];

/** A constant or two stay of a package of which nothing is used, and count as nothing. */
const mostLeftover = 1024;

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

describe.each(specs)('$entry', ({ entry, onTable, onIndex = [], hashes }) => {
  const found = contained(entry);

  it(`contains ${hashes ? 'the hashing of passwords' : 'no hashing of passwords'}`, () => {
    expect(found.includes('bcryptjs')).toBe(Boolean(hashes));
  });

  const asks = onTable.length + onIndex.length > 0;
  it(`contains ${asks ? 'the SDK' : 'nothing of the SDK'}`, () => {
    const ofSdk = Object.keys(packages.get(entry) ?? {}).filter((name) => sdk.includes(name));
    expect(ofSdk.length > 0).toBe(asks);
  });
});
