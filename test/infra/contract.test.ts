import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it, onTestFinished } from 'vitest';
import { routes } from '../../infra/routes.ts';
import { checkExchange, document, faultAt, operations } from '../support/contract.ts';

const root = join(import.meta.dirname, '../..');
const copy = join(root, 'openapi.json');

// biome-ignore lint/suspicious/noExplicitAny: whatever stands in the document
type Json = any;

/** Everything in a part of the document, with the way to it. */
function* walk(json: Json, ...place: string[]): Generator<{ json: Json; place: string[] }> {
  if (typeof json !== 'object' || json === null) return;
  yield { json, place };
  for (const [name, value] of Object.entries(json)) yield* walk(value, ...place, name);
}

const isExample = (place: readonly string[]) =>
  place.some((part) => /^(examples?|default)$/.test(part));

describe('the document', () => {
  it('is OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('has every route, and no other', () => {
    expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
      routes.map(({ method, path }) => `${method} ${path}`).sort(),
    );
  });

  it('names every operation once, and every tag', () => {
    const ids = operations.map(({ json }) => json.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = document.tags.map(({ name }) => name).sort();
    expect([...new Set(operations.flatMap(({ json }) => json.tags))].sort()).toEqual(tags);
  });

  it('says what each member of each schema means', () => {
    for (const { json, place } of walk(document)) {
      if (isExample(place) || json.type !== 'object') continue;
      for (const [name, member] of Object.entries<Json>(json.properties ?? {})) {
        if (!member.$ref) expect(member.description, [...place, name].join(' ')).toMatch(/\w/);
      }
    }
  });

  it('lets no object of an answer have further members', () => {
    const answers = [
      ...operations.map(({ json, place }) => walk(json.responses, ...place)),
      ...Object.entries<Json>(document.components.schemas)
        // What is taken by OpenID AuthZEN's rules may hold anything besides.
        .filter(
          ([name]) => !/^(Subject|Resource)(Type)?$|^(Action|Page|EvaluationOptions)$/.test(name),
        )
        .map(([name, json]) => walk(json, name)),
    ];
    for (const { json, place } of answers.flatMap((one) => [...one])) {
      if (isExample(place) || json.type !== 'object') continue;
      const isDocument = place[1] === '/openapi.json';
      expect(json.additionalProperties, place.join(' ')).toBe(isDocument ? undefined : false);
    }
  });

  it('has examples that its own schemas allow', () => {
    let count = 0;
    for (const { json, place } of walk(document)) {
      if (isExample(place) || !json.schema) continue;
      const examples = [
        ...('example' in json ? [json.example] : []),
        ...Object.values<Json>(json.examples ?? {}).map(({ value }) => value),
      ];
      for (const example of examples) {
        expect(faultAt(example, ...place, 'schema'), place.join(' ')).toBeUndefined();
        count++;
      }
    }
    expect(count).toBeGreaterThan(100);
  });
});

describe.each(operations)('$method $path', ({ method, path, json }) => {
  const route = routes.find((one) => one.method === method && one.path === path);
  const responses: [string, Json][] = Object.entries<Json>(json.responses).map(([status, one]) => [
    status,
    one.$ref ? document.components.responses[one.$ref.split('/').at(-1) as 'Unauthorized'] : one,
  ]);
  const contentOf = (one: Json) => one.content?.['application/json'];

  it('has a summary and a description, and says what permission it needs', () => {
    expect(json.summary).toMatch(/^[A-Z].+[^.]$/);
    expect(json.description).toMatch(/^[A-Z][\s\S]+\.$/);
    expect(/\n\n\*\*Needs:\*\* .+/.test(json.description)).toBe(!route?.open);
    expect(json.security).toEqual(route?.open ? [] : undefined);
  });

  it('has an example of what it takes and of whatever it answers', () => {
    if (json.requestBody) expect(contentOf(json.requestBody)).toHaveProperty('example');
    expect(responses.filter(([status]) => status.startsWith('2'))).toHaveLength(1);
    for (const [status, one] of responses) {
      if (status === '204') expect(one).not.toHaveProperty('content');
      else expect(contentOf(one).example ?? Object.keys(contentOf(one).examples)[0]).toBeDefined();
    }
  });

  it('has its errors', () => {
    const statuses = responses.map(([status]) => Number(status));
    expect(statuses).toEqual(expect.arrayContaining([413, 429, 500, 503, 504]));
    const takes = Boolean(json.requestBody ?? json.parameters);
    expect(statuses.includes(400)).toBe(takes);
    if (!route?.open) expect(statuses).toContain(401);
    expect(statuses.includes(415)).toBe(Boolean(json.requestBody) && !path.startsWith('/access/'));
  });

  it('has five samples, with the placeholders that one has to fill in', () => {
    const samples: { label: string; source: string }[] = json['x-codeSamples'];
    expect(samples.map(({ label }) => label)).toEqual([
      'curl',
      'JavaScript (async)',
      'JavaScript (then)',
      'Python (requests)',
      'Go (net/http)',
    ]);
    for (const { source } of samples) {
      expect(source).toContain('http://127.0.0.1:3000/');
      expect(source.includes('Bearer YOUR_API_KEY')).toBe(!route?.open);
      expect(source).not.toContain('{userName}');
    }
  });
});

describe('the reference that clients were written against', () => {
  const [read, password] = [
    { resource: 'orders_table', resource_type: 'table', type: 'read' },
    's3cr3tP@sswOrd',
  ];
  it.each<[string, string, string, string, object?]>([
    [
      'GET /api/v1/users/me',
      'Get current authenticated user',
      'Retrieves details for the currently authenticated user.',
      '200',
    ],
    [
      'GET /api/v1/users',
      'List all users',
      'Retrieves a list of all users in the system. Requires admin permission.',
      '200',
    ],
    [
      'POST /api/v1/users/{userName}',
      'Create a new user',
      'Creates a new user with the given username and password. Username in path takes precedence.',
      '201',
      { username: 'johndoe', password, initial_policies: [read] },
    ],
    [
      'GET /api/v1/users/{userName}',
      'Get user details',
      'Retrieves details for a specific user.',
      '200',
    ],
    ['DELETE /api/v1/users/{userName}', 'Delete a user', 'Deletes a specific user.', '204'],
    [
      'PUT /api/v1/users/{userName}/password',
      'Update user password',
      'Updates the password for a specific user.',
      '200',
      { new_password: 'newS3cr3tP@sswOrd' },
    ],
  ])('is kept to: %s', (route, summary, description, status, body) => {
    const found = operations.find(({ method, path }) => `${method} ${path}` === route);
    expect(found?.json).toMatchObject({ tags: ['User'], summary });
    expect(found?.json.description.startsWith(description)).toBe(true);
    expect(found?.json.responses).toHaveProperty(status);
    expect(found?.json.requestBody?.content['application/json'].example).toEqual(body);
  });

  it('is answered in its form', () => {
    const schema = (name: string) => ['components', 'schemas', name];
    const self = { username: 'johndoe', permissions: [read] };
    expect(faultAt(self, ...schema('Self'))).toBeUndefined();
    expect(faultAt({ username: 'johndoe' }, ...schema('ListedUser'))).toBeUndefined();
    const done = { message: 'Operation completed successfully' };
    expect(faultAt(done, ...schema('Done'))).toBeUndefined();
    expect(faultAt({ error: 'An error message' }, ...schema('Error'))).toBeUndefined();
  });
});

describe('the committed copy', () => {
  const check = (file: string) =>
    spawnSync(execPath, [join(root, 'infra/contract/write.ts'), '--check', file], {
      encoding: 'utf8',
    });

  it('is up to date', () => {
    expect(check(copy)).toMatchObject({ status: 0, stderr: '' });
  });

  it('is refused when it is not, with the command that mends it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bailiwick-contract-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'openapi.json');
    const stale = { status: 1, stderr: expect.stringContaining('run "npm run openapi"') };
    expect(check(file)).toMatchObject(stale);
    writeFileSync(file, readFileSync(copy, 'utf8').replace('"maxItems": 50', '"maxItems": 51'));
    expect(check(file)).toMatchObject(stale);
  });
});

describe('the check of each answer that tests get', () => {
  const id = { 'X-Request-ID': 'x', 'Content-Type': 'application/json' };
  const johndoe = { username: 'johndoe', password_hash: 'JDJiJDEy' };
  const answered = (status: number, body: unknown, headers: Record<string, string> = id) => ({
    status,
    body,
    headers: new Headers(headers),
  });
  const exchange = (route: string, body: unknown, ...answer: Parameters<typeof answered>) => {
    const [method = '', path] = route.split(' ');
    const url = new URL(path ?? '', 'http://127.0.0.1:3000');
    return () => checkExchange({ method, url, body }, answered(...answer));
  };
  const get = 'GET /api/v1/users/johndoe';

  it('lets pass what the document says', () => {
    expect(exchange(get, undefined, 200, johndoe)).not.toThrow();
    expect(exchange('DELETE /api/v1/users/johndoe', undefined, 204, undefined)).not.toThrow();
    expect(exchange('GET /nowhere', undefined, 404, { error: 'No.' })).not.toThrow();
    const busy = { ...id, 'Retry-After': '1' };
    expect(exchange(get, undefined, 503, { error: 'No.' }, busy)).not.toThrow();
  });

  it.each<[string, ReturnType<typeof exchange>, string]>([
    ['a status', exchange(get, undefined, 409, { error: 'No.' }), 'the status 409'],
    ['another success', exchange(get, undefined, 201, johndoe), 'the status 201'],
    [
      'a member',
      exchange(get, undefined, 200, { ...johndoe, user_id: 'x' }),
      'must NOT have additional properties',
    ],
    ['a missing member', exchange(get, undefined, 200, { username: 'x' }), 'password_hash'],
    [
      'a wrong member',
      exchange(get, undefined, 200, { ...johndoe, username: 1 }),
      'must be string',
    ],
    ['an error that is none', exchange(get, undefined, 404, { message: 'No.' }), 'error'],
    ['no body', exchange(get, undefined, 200, undefined), 'must be object'],
    ['a body', exchange('DELETE /api/v1/users/x', undefined, 204, {}), 'a body is not described'],
    ['text', exchange(get, undefined, 200, johndoe, { 'X-Request-ID': 'x' }), 'application/json'],
    ['no X-Request-ID', exchange(get, undefined, 200, johndoe, {}), 'X-Request-ID is missing'],
    [
      'a header',
      exchange(get, undefined, 200, johndoe, { ...id, Link: '<x>; rel="next"' }),
      'Link is not described',
    ],
    [
      'a malformed header',
      exchange(get, undefined, 503, { error: 'No.' }, { ...id, 'Retry-After': 'soon' }),
      'Retry-After: data must match',
    ],
    ['a path', exchange('GET /nowhere', undefined, 200, {}), 'that is not described'],
    ['a method', exchange('POST /api/v1/users/me', {}, 201, johndoe), 'that is not described'],
    [
      'success with what is forbidden in the path',
      exchange('GET /api/v1/users/.x', undefined, 200, johndoe),
      'it answers 200 to what is forbidden: userName',
    ],
    [
      'success with what is forbidden in the query',
      exchange('GET /api/v1/users?limit=0', undefined, 200, []),
      'it answers 200 to what is forbidden: limit',
    ],
    [
      'success with what is forbidden in the body',
      exchange('POST /api/v1/users/x', { password: 'seven77' }, 201, johndoe),
      'it answers 201 to what is forbidden: data/password must match pattern',
    ],
  ])('refuses %s', (_, check, why) => {
    expect(check).toThrow(why);
  });
});
