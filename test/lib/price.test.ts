import { expect, test } from 'vitest';
import { authorizer, routes } from '../../infra/routes.ts';
import {
  chooseMemory,
  cognitoOf,
  dollarsOf,
  entryOf,
  gbSecondsOf,
  perMillion,
} from '../bench/price.ts';
import { prices, teams } from '../bench/prices.ts';

test('a month beyond a tier pays each tier for what falls into it', () => {
  // 333 million at $3.50, and 67 million at $2.80
  expect(dollarsOf(prices.gatewayRequests, 400e6)).toBeCloseTo(1165.5 + 187.6);
  expect(dollarsOf(prices.gatewayRequests, 0)).toBe(0);
});

test('what is free is taken from the first tier', () => {
  // 90,000 at $0.0055, and 400,000 at $0.0046
  expect(dollarsOf(prices.cognitoLite, 500_000, prices.cognitoLite.free)).toBeCloseTo(495 + 1840);
  expect(dollarsOf(prices.cognitoLite, 9000, prices.cognitoLite.free)).toBe(0);
});

test('a call is billed in whole milliseconds at its memory, with its share of starts', () => {
  // At 512 MB, 1769 / 512 = 3.455: 5 + 3.455 ms are 9; a hundredth of 200 + 103.7 ms is 3.04; of half a GB
  expect(gbSecondsOf({ cpuMs: 1, waitMs: 5 }, 512)).toBeCloseTo(0.006018, 6);
  // At 1,769 MB, 1.7275 GB: 315 ms, and a hundredth of 230
  expect(gbSecondsOf({ cpuMs: 305, waitMs: 10 }, 1769)).toBeCloseTo(0.54815, 5);
});

test('what waits gets the least memory that is not felt, and what reckons a whole core', () => {
  expect(chooseMemory(0.8, 5)).toBe(512);
  // 3.2 ms take 4.2 more at 768 MB, and 5.6 more at 640
  expect(chooseMemory(3.2, 10)).toBe(768);
  expect(chooseMemory(305, 10)).toBe(1769);
});

test('a password hash costs about the same at a third of the memory, and takes three times as long', () => {
  const hash = { cpuMs: 305, waitMs: 10 };
  const ratio = gbSecondsOf(hash, 1769) / gbSecondsOf(hash, 512);
  expect(ratio).toBeGreaterThan(1);
  expect(ratio).toBeLessThan(1.05);
});

test('a million evaluations cost what their parts do', () => {
  const spec = routes.find(({ entry }) => entry === 'authzen/evaluation');
  if (!spec) throw new Error('There is no evaluation.');
  const load = { cpuMs: 1, waitMs: 5 };
  const row = perMillion(
    { spec, load, readUnits: 6, writeUnits: 0, memoryMb: 512 },
    { spec: authorizer, load, readUnits: 2, writeUnits: 0, memoryMb: 512 },
  );
  expect(row.gateway).toBeCloseTo(3.5);
  expect(row.table).toBeCloseTo(0.75);
  // 6,018 GB-seconds at $0.0000133334, and a million invocations at $0.20 a million
  expect(row.lambda).toBeCloseTo(0.2802, 4);
  expect(row.history).toBe(0);
  // The same invocations, two read units, and the three lines that Lambda writes: 0.2421 GB at $0.559
  expect(row.authorizer).toBeCloseTo(0.2802 + 0.25 + 0.1354, 3);
  expect(row.together_without_cache - row.together_with_95_percent_cached).toBeCloseTo(
    0.95 * row.authorizer,
  );
});

test('Cognito is free for a small team, and not for its checks', () => {
  const [small] = teams;
  if (!small) throw new Error('There is no team.');
  const { essentials, lite, verified_permissions } = cognitoOf(small);
  expect([essentials, lite]).toEqual([0, 0]);
  expect(verified_permissions).toBeCloseTo(5);
});

test('a bench may name an operation by function, by log or by request', () => {
  expect(entryOf('users/me')).toBe('users/me');
  expect(entryOf('authzen.evaluations')).toBe('authzen/evaluations');
  expect(entryOf('GET /api/v1/users/{userName}/api-keys')).toBe('api-keys/list');
  expect(entryOf('GET /users?limit=100')).toBe('users/list');
  expect(entryOf('POST /sessions, wrong password')).toBe('sessions/create');
  expect(entryOf('authorizer')).toBe('authorizer');
  expect(entryOf('one GetItem by the SDK')).toBeUndefined();
});
