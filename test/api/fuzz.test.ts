import fc from 'fast-check';
import { beforeAll, expect, inject, it } from 'vitest';
import {
  call,
  createUser,
  everything,
  freshName,
  keyFor,
  type Reply,
  tokenFor,
  users,
} from '../support/api.ts';
import { nearly, part, queryOf } from '../support/arbitraries.ts';
import { faultOfRequest, operationOf, operations } from '../support/contract.ts';

/*
 * No input, however malformed, may yield a 5xx, and no answer but 2xx may lack its sentence. What the OpenAPI
 * document does not allow is a 400, and what it allows is none. A failure prints its seed; SEED=… runs it again.
 */
const runs = { numRuns: 600, ...(process.env.SEED && { seed: Number(process.env.SEED) }) };

let token: string;
let target: string;
let keyId: string;
beforeAll(async () => {
  token = await tokenFor(await createUser(freshName('fuzzer'), everything));
  target = await createUser(freshName('fuzzed'));
  keyId = (await keyFor(target)).key_id;
});

const isSound = ({ status, body }: Reply, what: unknown) => {
  const shown = JSON.stringify([what, body]).slice(0, 2000);
  expect(status, shown).toBeLessThan(500);
  if (status < 300) return;
  expect(Object.keys(body), shown).toEqual(['error']);
  expect(body.error, shown).toMatch(/\S.*\.$/s);
};

/** Refusals that the document has in words. */
const inWords = [
  /page\.token must be the next_token/,
  /must not be the username\.$|one of the common passwords/,
  /^password_hash must be /,
  /must be at least 1s\.$|must be at most 720h|must be a duration/,
  /must be at most 8 KB of JSON/,
  /must be given once\.$/,
  /a member __proto__, or a constructor with a prototype/,
];
/** The same, but only where there is more than ASCII: normalization, bytes, surrogates. */
const ofUnicode = [
  /must be (1 to|at most) \d+ (letters|characters)/,
  /must not be "me"/,
  /must be well-formed Unicode/,
  /must have at least 8 characters|must be at most 72 bytes/,
];

/** By what a failure prints. */
const named = new Map(operations.map((one) => [`${one.method} ${one.path}`, one]));

it('answers every nearly right request, and as the document says', async () => {
  let allowed = 0;
  const request = fc.constantFrom(...named).chain(([route, { parameters, json }]) =>
    fc.record({
      route: fc.constant(route),
      name: part(() => target),
      key: part(() => keyId),
      query: queryOf(parameters),
      body: json.requestBody
        ? nearly(json.requestBody.content['application/json'].schema)
        : fc.constant(undefined),
    }),
  );
  await fc.assert(
    fc.asyncProperty(request, async ({ route, name, key, query, body }) => {
      const filled = route.replace('{userName}', name()).replace('{keyId}', key()) + query;
      const reply = await call(filled, { token, body });
      const shown = JSON.stringify([filled, body, reply.body]).slice(0, 2000);
      isSound(reply, shown);

      const [method = '', path = ''] = filled.split(' ');
      const url = new URL(path, inject('target').baseUrl);
      const sent = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
      const fault = faultOfRequest({ method, url, body: sent });
      if (fault) {
        expect(reply.status, `${fault}: ${shown}`).toBe(400);
        return;
      }
      allowed++;
      if (reply.status !== 400) return;
      // Perhaps another than was meant: `/users/.` is `/users`.
      const asked = operationOf(method, url.pathname);
      const hasQuery = asked?.operation.parameters.some((one) => one.in === 'query');
      const isAscii =
        !/%[89a-f]/i.test(url.href) && !/\P{ASCII}|\\ud/u.test(`${JSON.stringify(sent)}`);
      const known = [
        ...inWords,
        ...(isAscii ? [] : ofUnicode),
        ...(hasQuery ? [/is not known here: leave it out\.$/] : []),
      ];
      expect(
        known.some((rule) => rule.test(reply.body.error)),
        shown,
      ).toBe(true);
    }),
    runs,
  );
  expect(allowed).toBeGreaterThan(runs.numRuns / 4);
}, 180_000);

it('answers every body that is hardly JSON', async () => {
  const bytes = fc.uint8Array({ maxLength: 200 });
  const raw = fc.oneof(
    bytes,
    fc.string({ unit: 'binary' }),
    fc.json().map((json) => json.slice(0, -1)),
    fc.constantFrom(
      '{"password":"a","password":"b"}',
      '{"password":1e999999}',
      '{"password":"\\ud800"}',
      '{"password":"\\u0000"}',
      '{"__proto__":{"password":"x"}}',
      '{"constructor":{"prototype":{"password":"x"}}}',
      '﻿{}',
      'null',
      '""',
      '[[[[',
      '['.repeat(30_000),
      '{"a":'.repeat(9_000),
      `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
      `{"password":"${'x'.repeat(65_000)}"}`,
    ),
  );
  const type = fc.constantFrom(
    'application/json',
    'application/json; charset=utf-16',
    'application/vnd.api+json',
    'text/json',
    'multipart/form-data; boundary=x',
    ';;;',
  );
  const posts = operations
    .filter(({ json }) => json.requestBody)
    .map(({ method, path }) => `${method} ${path.replace('{userName}', 'fuzz')}`);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...posts), raw, type, async (route, body, contentType) => {
      const headers = { 'Content-Type': contentType };
      isSound(await call(route, { token, raw: body, headers }), [route, String(body), contentType]);
    }),
    runs,
  );
}, 120_000);

it('answers every Authorization header', async () => {
  const header = fc.oneof(
    fc.string().map((text) => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '')),
    fc.base64String().map((text) => `Bearer ${text}`),
    fc
      .tuple(fc.base64String(), fc.string(), fc.string())
      .map(([a, b, c]) => `Bearer bw_${a}.${b}.${c}`.replace(/[^\x20-\x7e]/g, '')),
    fc.nat(200).map((at) => `Bearer ${token.slice(0, at)}x${token.slice(at + 1)}`),
  );
  await fc.assert(
    fc.asyncProperty(header, async (authorization) => {
      const headers = { Authorization: authorization };
      const reply = await call(`GET ${users}/me`, { token: null, headers });
      isSound(reply, authorization);
      if (authorization.trim() !== `Bearer ${token}`) expect(reply.status).toBe(401);
    }),
    { ...runs, numRuns: 200 },
  );
}, 60_000);

it('answers a body of ten megabytes with 413', async () => {
  for (const bytes of [100_000, 9_000_000, 10_500_000]) {
    const raw = JSON.stringify({ password: 'x'.repeat(bytes) });
    const reply = await call(`POST ${users}/fuzz`, { token, raw });
    expect(reply.status).toBe(413);
    isSound(reply, bytes);
  }
});
