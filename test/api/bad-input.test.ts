import { describe, expect, it } from 'vitest';
import { call, freshName, password, permissions, users } from '../support/api.ts';

const long = 'x'.repeat(100);
const policy = (change: object) => ({
  password,
  initial_policies: [{ ...permissions(['table', 'orders', 'read'])[0], ...change }],
});

describe('a body that is not right', () => {
  it.each<[string, unknown, string]>([
    ['no password', {}, 'password is missing.'],
    ['a password that is a number', { password: 12345678 }, 'password must be a string.'],
    ['a short password', { password: 'seven77' }, 'password must have at least 8 characters.'],
    [
      'eight bytes but four characters',
      { password: 'éééé' },
      'password must have at least 8 characters.',
    ],
    [
      '73 bytes of password',
      { password: `${'é'.repeat(36)}x` },
      'password must be at most 72 bytes of UTF-8.',
    ],
    [
      'a common password',
      { password: 'PassWord123' },
      'password must not be one of the common passwords that are guessed first.',
    ],
    [
      'a lone surrogate',
      { password: `${password}\ud800` },
      'password must be well-formed Unicode.',
    ],
    ['an unknown member', { password, role: 'admin' }, 'role is not known here: leave it out.'],
    ['a list', [{ password }], 'The body must be a JSON object.'],
    ['null', null, 'The body must be a JSON object.'],
    ['text', 'password', 'The body must be a JSON object.'],
    ['a username that is no text', { username: 1, password }, 'username must be a string.'],
    [
      'policies that are no list',
      { password, initial_policies: {} },
      'initial_policies must be a list of at most 50 permissions.',
    ],
    [
      'a policy that is no object',
      { password, initial_policies: ['admin'] },
      'initial_policies[0] must be a JSON object.',
    ],
    [
      'a policy without a type',
      policy({ type: undefined }),
      'initial_policies[0].type is missing.',
    ],
    [
      'an unknown type',
      policy({ type: 'owner' }),
      'initial_policies[0].type must be read, write or admin.',
    ],
    [
      'a type in capitals',
      policy({ type: 'READ' }),
      'initial_policies[0].type must be read, write or admin.',
    ],
    [
      'an upper-case resource_type',
      policy({ resource_type: 'Table' }),
      'initial_policies[0].resource_type must be table, user, another lower-case word of at most 64 characters, or *.',
    ],
    [
      'an empty resource',
      policy({ resource: '' }),
      'initial_policies[0].resource must be 1 to 256 characters (at most 1000 bytes) without control characters.',
    ],
    [
      'a long resource',
      policy({ resource: 'x'.repeat(257) }),
      'initial_policies[0].resource must be 1 to 256 characters (at most 1000 bytes) without control characters.',
    ],
    [
      'a resource of 1,004 bytes',
      policy({ resource: '😀'.repeat(251) }),
      'initial_policies[0].resource must be 1 to 256 characters (at most 1000 bytes) without control characters.',
    ],
    [
      'a user resource too long once folded',
      policy({ resource: 'ﷺ'.repeat(256), resource_type: 'user' }),
      'initial_policies[0].resource must be 1 to 256 characters (at most 1000 bytes) without control characters.',
    ],
    [
      'a NUL in a resource',
      policy({ resource: 'a\0b' }),
      'initial_policies[0].resource must be 1 to 256 characters (at most 1000 bytes) without control characters.',
    ],
    [
      'an extra member of a policy',
      policy({ effect: 'Allow' }),
      'initial_policies[0].effect is not known here: leave it out.',
    ],
  ])('is refused: %s', async (_, body, error) => {
    const name = freshName('refused');
    expect(await call(`POST ${users}/${name}`, { body })).toMatchObject({
      status: 400,
      body: { error },
    });
    expect((await call(`GET ${users}/${name}`)).status).toBe(404);
  });

  it.each<[string, string | Uint8Array, RegExp]>([
    ['cut off', '{"password":', /not valid JSON/],
    ['empty', ' ', /not valid JSON/],
    ['not UTF-8', new Uint8Array([0xff, 0xfe, 0x7b]), /not valid JSON/],
    ['deeply nested', '['.repeat(30_000), /not valid JSON/],
    ['with __proto__', `{"password":"${password}","__proto__":{"x":1}}`, /__proto__/],
    ['with constructor', `{"password":"${password}","constructor":1}`, /constructor is not known/],
    ['with toString', `{"password":"${password}","toString":1}`, /toString is not known/],
    [
      'with a long unknown member',
      `{"password":"${password}","${long}":1}`,
      /^x{80}… is not known/,
    ],
  ])('is refused: JSON %s', async (_, raw, error) => {
    const { status, body } = await call(`POST ${users}/${freshName()}`, { raw });
    expect(status).toBe(400);
    expect(body.error).toMatch(error);
  });

  it('must not be the username as password, in any case', async () => {
    const name = freshName('Same');
    const body = { password: name.toUpperCase() };
    const reply = await call(`POST ${users}/${name}`, { body });
    expect(reply).toMatchObject({
      status: 400,
      body: { error: 'password must not be the username.' },
    });
  });

  it('may be 64 KB and no more', async () => {
    const body = (bytes: number) => {
      const around = JSON.stringify({ password: '' }).length;
      return JSON.stringify({ password: 'p'.repeat(bytes - around) });
    };
    expect((await call(`POST ${users}/${freshName()}`, { raw: body(65_536) })).status).toBe(400);
    const over = await call(`POST ${users}/${freshName()}`, { raw: body(65_537) });
    expect(over.status).toBe(413);
    expect(over.body.error).toContain('64 KB');
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx'])(
    'is 415 as %s',
    async (type) => {
      const reply = await call(`POST ${users}/${freshName()}`, {
        body: { password },
        headers: { 'Content-Type': type },
      });
      expect(reply.status).toBe(415);
      expect(reply.body.error).toContain('Content-Type: application/json');
    },
  );

  it('may say its charset, with the header in any case', async () => {
    const reply = await call(`POST ${users}/${freshName()}`, {
      body: { password },
      headers: { 'Content-Type': 'Application/JSON;charset=utf-8' },
    });
    expect(reply.status).toBe(201);
  });
});

describe('a name that is not right', () => {
  it.each([
    ['%zz', /percent-encoded/],
    ['%C3%28', /percent-encoded/],
    ['%00', /userName must be 1 to 128/],
    ['a%2Fb', /userName must be 1 to 128/],
    ['a%20b', /userName must be 1 to 128/],
    ['a%23b', /userName must be 1 to 128/],
    ['.hidden', /userName must be 1 to 128/],
    ['-', /userName must be 1 to 128/],
    ['*', /userName must be 1 to 128/],
    ['x'.repeat(129), /userName must be 1 to 128/],
    ['ME', /reserved/],
    ['%EF%BD%8D%EF%BD%85', /reserved/],
  ])('is refused in the path: %s', async (name, error) => {
    for (const route of [`GET ${users}/${name}`, `DELETE ${users}/${name}`]) {
      const { status, body } = await call(route);
      expect(status).toBe(400);
      expect(body.error).toMatch(error);
    }
    const created = await call(`POST ${users}/${name}`, { body: { password } });
    expect(created.status).toBe(400);
  });
});
