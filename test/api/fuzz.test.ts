import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import {
  call,
  createUser,
  everything,
  freshName,
  keyFor,
  password,
  type Reply,
  sessions,
  tokenFor,
  users,
} from '../support/api.ts';

/*
 * No input, however malformed, may yield a 5xx, and no answer but 2xx may lack its sentence. A failure prints its
 * seed; SEED=… runs it again.
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

const permission = { resource: 'orders', resource_type: 'table', type: 'read' };
const entities = {
  subject: { type: 'user', id: 'someone' },
  action: { name: 'read' },
  resource: { type: 'table', id: 'orders' },
};
/** Every route, and a body that it takes. */
const routes: [string, object?][] = [
  [`GET ${users}/me`],
  [`GET ${users}`],
  [`POST ${users}/{name}`, { username: 'x', password, initial_policies: [permission] }],
  [`GET ${users}/{name}`],
  [`DELETE ${users}/{name}`],
  [`PUT ${users}/{name}/password`, { new_password: password, current_password: password }],
  [`GET ${users}/{name}/permissions`],
  [`POST ${users}/{name}/permissions`, permission],
  [`DELETE ${users}/{name}/permissions`],
  [`GET ${users}/{name}/api-keys`],
  [`POST ${users}/{name}/api-keys`, { name: 'k', expires_in: '1h', permissions: [permission] }],
  [`DELETE ${users}/{name}/api-keys/{key}`],
  [`POST ${sessions}`, { username: 'x', password, expires_in: '1h' }],
  [`DELETE ${users}/{name}/sessions`],
  [`GET ${users}/{name}/audit-events`],
  ['POST /access/v1/evaluation', entities],
  [
    'POST /access/v1/evaluations',
    { ...entities, evaluations: [entities], options: { evaluations_semantic: 'execute_all' } },
  ],
  ['POST /access/v1/search/subject', { ...entities, page: { limit: 1, token: 'x' } }],
  ['POST /access/v1/search/resource', { ...entities, page: { limit: 1 } }],
  ['POST /access/v1/search/action', entities],
];

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.constantFrom(
    '*',
    'me',
    'ME',
    '.',
    '..',
    '%',
    '#USER',
    'PERM#*',
    'a\0b',
    '\ud800',
    'ﷺ'.repeat(256),
  ),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    '',
    ' ',
    'x'.repeat(1025),
    '😀'.repeat(300),
  ),
);
const value = fc.oneof(
  text,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(1e308, -1, 0.5, 2 ** 53, null, true, [], {}),
);

/** A body that is nearly right: members gone, changed or added, at any depth. */
const nearly = (body: unknown): fc.Arbitrary<unknown> => {
  if (Array.isArray(body)) {
    const items = body.map(nearly);
    return fc.oneof({ weight: 4, arbitrary: fc.tuple(...items) }, { weight: 1, arbitrary: value });
  }
  if (typeof body !== 'object' || body === null) {
    return fc.oneof({ weight: 2, arbitrary: fc.constant(body) }, { weight: 1, arbitrary: value });
  }
  const members = Object.fromEntries(
    Object.entries(body).map(([name, one]) => [name, nearly(one)]),
  );
  const changed = fc.record(members, { requiredKeys: [] });
  const added = fc.dictionary(text, value, { maxKeys: 1 });
  return fc.oneof(
    { weight: 6, arbitrary: fc.tuple(changed, added).map(([a, b]) => ({ ...a, ...b })) },
    { weight: 1, arbitrary: value },
  );
};

/** A path parameter: encoded rightly, or not. */
const part = (usual: () => string): fc.Arbitrary<() => string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(() => usual()) },
    {
      weight: 2,
      arbitrary: text.map((raw) => () => encodeURIComponent(raw.toWellFormed()) || 'x'),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('%', '%zz', '%C3%28', '%00', '%ED%A0%80', '..%2f', '%2e%2e')
        .map((raw) => () => raw),
    },
  );
const query = fc.oneof(
  fc.constant(''),
  fc
    .array(
      fc.tuple(
        fc.oneof(
          text,
          fc.constantFrom('limit', 'after', 'prefix', 'resource', 'resourceType', 'type'),
        ),
        text,
      ),
      { maxLength: 4 },
    )
    .map(
      (pairs) =>
        `?${new URLSearchParams(pairs.map(([a, b]): [string, string] => [a.toWellFormed(), b.toWellFormed()]))}`,
    ),
  fc.constantFrom('?limit=%zz', '?%', '?a=%C3%28', '?&&&', '?limit[]=1', '?='),
);

it('answers every nearly right request', async () => {
  const request = fc.constantFrom(...routes).chain(([route, body]) =>
    fc.record({
      route: fc.constant(route),
      name: part(() => target),
      key: part(() => keyId),
      query,
      body: body ? nearly(body) : fc.constant(undefined),
    }),
  );
  await fc.assert(
    fc.asyncProperty(request, async ({ route, name, key, query, body }) => {
      const path = route.replace('{name}', name()).replace('{key}', key()) + query;
      isSound(await call(path, { token, body }), [path, body]);
    }),
    runs,
  );
}, 120_000);

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
  const posts = routes.filter(([, body]) => body).map(([route]) => route.replace('{name}', 'fuzz'));
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
