import { describe, expect, it } from 'vitest';
import { call, freshName, password, users } from '../support/api.ts';

const invented = `bw_YWRtaW4.${'a'.repeat(20)}.${'b'.repeat(49)}`;

const everyAnswer = (headers: Headers) => {
  expect(headers.get('x-request-id')).toMatch(/^[\x21-\x7e]{1,128}$/);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('strict-transport-security')).toContain('max-age=');
};

describe('every answer', () => {
  it.each<[number, string, object]>([
    [200, `GET ${users}/me`, {}],
    [204, 'DELETE', {}],
    [400, `GET ${users}/%zz`, {}],
    [401, `GET ${users}/me`, { token: null }],
    [404, `GET ${users}/nobody-at-all`, {}],
    [404, 'GET /nowhere', {}],
    [404, 'GET /nowhere', { token: null }],
    [404, 'GET /', {}],
    [404, 'GET /api/v1', {}],
    [404, `PATCH ${users}/x`, { body: {} }],
    [404, `POST ${users}/me`, { body: {} }],
    [404, 'POST /nowhere', { raw: 'x', headers: { 'Content-Type': 'text/plain' } }],
    [404, 'POST /nowhere', { raw: 'x', headers: { 'Content-Type': 'image/png' } }],
    [415, `POST ${users}/x`, { raw: 'x', headers: { 'Content-Type': 'text/plain' } }],
  ])('has its headers, and a sentence unless it is 2xx: %i %s', async (status, route, options) => {
    let path = route;
    if (route === 'DELETE') {
      const name = freshName();
      await call(`POST ${users}/${name}`, { body: { password } });
      path = `DELETE ${users}/${name}`;
    }
    const reply = await call(path, options);
    expect(reply.status).toBe(status);
    everyAnswer(reply.headers);
    if (status >= 400) {
      expect(reply.headers.get('content-type')).toBe('application/json');
      expect(Object.keys(reply.body)).toEqual(['error']);
      expect(reply.body.error).toMatch(/^[A-Z].*\.$|^userName .*\.$/);
    }
  });

  it('of a function runs nothing in a browser, and stands in no other page', async () => {
    for (const path of [`${users}/me`, '/openapi.json', `${users}/nobody-at-all`]) {
      const policy = (await call(`GET ${path}`)).headers.get('content-security-policy');
      expect(policy).toBe("default-src 'none'; frame-ancestors 'none'");
    }
  });

  it('carries the request id of the caller, if it is a sane one', async () => {
    const ask = async (id: string) =>
      (await call(`GET ${users}/me`, { headers: { 'X-Request-ID': id } })).headers.get(
        'x-request-id',
      );
    expect(await ask('order-66/ü'.replace('ü', 'u'))).toBe('order-66/u');
    expect(await ask('x'.repeat(128))).toBe('x'.repeat(128));
    expect(await ask('x'.repeat(129))).not.toContain('x');
    expect(await ask('two words')).not.toBe('two words');
  });
});

describe('a token that is not right', () => {
  it.each<[string, string | undefined]>([
    ['none', undefined],
    ['another scheme', 'Basic YWRtaW46YWRtaW4='],
    ['no token', 'Bearer '],
    ['garbage', 'Bearer garbage'],
    ['the right shape with a wrong checksum', `Bearer ${invented}`],
  ])('is 401 with WWW-Authenticate: %s', async (_, authorization) => {
    const { status, headers, body } = await call(`GET ${users}/me`, {
      token: null,
      headers: { ...(authorization && { Authorization: authorization }) },
    });
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer');
    expect(body.error).toContain('Authorization: Bearer');
  });
});
