import { request } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { serve } from '../support/small-stack.ts';

interface Options {
  method?: string;
  path?: string;
  headers?: Record<string, string | string[]>;
  body?: string;
}

/** A request sent as it is written: `fetch` would tidy paths and headers. */
const send = (port: number, { method = 'GET', path = '/open/x', headers, body }: Options = {}) =>
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of the body
  new Promise<{ status: number; headers: Record<string, unknown>; text: string; json: any }>(
    (resolve, reject) => {
      const options = { port, host: '127.0.0.1', method, path, headers: headers ?? {} };
      const sent = request(options, async (response) => {
        let text = '';
        for await (const chunk of response) text += chunk;
        const json = text.startsWith('{') ? JSON.parse(text) : undefined;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
      });
      sent.on('error', reject);
      sent.end(body);
    },
  );

const echo =
  'return { statusCode: 200, body: JSON.stringify({ event, count, env: process.env.COLOUR }) }';
const allow = `return {
  principalId: 'p',
  context: { asked: count },
  policyDocument: { Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' }] },
}`;

describe('a proxy event', () => {
  it('has path and parameters as the client encoded them', async () => {
    const { port } = await serve({ Echo: echo });
    const { json } = await send(port, { path: '/open/a%2Fb%20%C3%BC%zz?x=1' });
    expect(json.event).toMatchObject({
      resource: '/open/{kind}',
      path: '/open/a%2Fb%20%C3%BC%zz',
      pathParameters: { kind: 'a%2Fb%20%C3%BC%zz' },
      requestContext: { stage: 'dev', resourcePath: '/open/{kind}', httpMethod: 'GET' },
    });
    expect(json.env).toBe('blue');
  });

  it('has the query decoded, the last value and all values, or null', async () => {
    const { port } = await serve({ Echo: echo });
    const { json } = await send(port, { path: '/open/x?a=1&a=%202&b&__proto__=3' });
    expect(json.event.queryStringParameters).toEqual(
      JSON.parse('{"a":" 2","b":"","__proto__":"3"}'),
    );
    expect(json.event.multiValueQueryStringParameters.a).toEqual(['1', ' 2']);
    const without = await send(port);
    expect(without.json.event.queryStringParameters).toBeNull();
    expect(without.json.event.multiValueQueryStringParameters).toBeNull();
    expect(without.json.event.body).toBeNull();
  });

  it('has headers in the case that the client sent, the last value and all values', async () => {
    const { port } = await serve({ Echo: echo });
    const { json } = await send(port, {
      method: 'POST',
      headers: { 'X-Two': ['1', '2'], 'x-lower': 'y' },
      body: 'ü',
    });
    expect(json.event.headers).toMatchObject({
      'X-Two': '2',
      'x-lower': 'y',
      'X-Forwarded-Proto': 'http',
    });
    expect(json.event.multiValueHeaders['X-Two']).toEqual(['1', '2']);
    expect(json.event).toMatchObject({ body: 'ü', isBase64Encoded: false });
  });
});

describe('a function', () => {
  it('that throws, crashes or answers malformed is a 502 without its reason', async () => {
    const { port } = await serve({
      Echo: `switch (event.pathParameters.kind) {
        case 'throws': throw new Error('secret reason');
        case 'exits': process.exit(3);
        case 'malformed': return { status: 200 };
        case 'header': return { statusCode: 200, headers: { a: 'b\\nc' } };
        case 'name': return { statusCode: 200, headers: { 'a b': 'c' } };
        case 'large': return { statusCode: 200, body: 'x'.repeat(6 * 1024 * 1024) };
        case 'fits': return { statusCode: 200, body: 'x'.repeat(6 * 1024 * 1024 - 100) };
        default: return { statusCode: 200, body: '' };
      }`,
    });
    for (const kind of ['throws', 'exits', 'malformed', 'header', 'name', 'large']) {
      const { status, text } = await send(port, { path: `/open/${kind}` });
      const expected = { kind, status: 502, text: '{"message":"Internal server error"}' };
      expect({ kind, status, text }).toEqual(expected);
    }
    expect((await send(port, { path: '/open/fits' })).status).toBe(200);
    expect((await send(port)).status).toBe(200);
  });

  const stuck = "if (event.pathParameters.kind === 'stuck') for (;;); return { statusCode: 200 };";

  it('that runs out of its time is stopped, and the next event runs anew', async () => {
    const { port } = await serve({ Echo: stuck }, { functionSeconds: 1 });
    expect((await send(port, { path: '/open/stuck' })).status).toBe(502);
    expect((await send(port)).status).toBe(200);
  });

  it('that outlasts the integration is a 504', async () => {
    const { port } = await serve({ Echo: stuck }, { integrationMs: 500 });
    expect((await send(port, { path: '/open/stuck' })).status).toBe(504);
  });

  it('runs one event at a time in each sandbox, in several at once', async () => {
    const { port } = await serve({
      Echo: `globalThis.running = (globalThis.running ?? 0) + 1;
        const seen = globalThis.running;
        await new Promise((resolve) => setTimeout(resolve, 30));
        globalThis.running--;
        return { statusCode: 200, body: JSON.stringify({ seen, count }) };`,
    });
    const replies = await Promise.all(Array.from({ length: 12 }, () => send(port)));
    expect(replies.map(({ json }) => json.seen)).toEqual(Array(12).fill(1));
    const sandboxes = replies.filter(({ json }) => json.count === 1).length;
    expect(sandboxes).toBeGreaterThan(1);
    expect(sandboxes).toBeLessThanOrEqual(4);
  });
});

describe('the authorizer', () => {
  const token = { Authorization: 'Bearer a' };

  it('stands before the function, is asked once a token, and passes its context on', async () => {
    const { port } = await serve({ Echo: echo, Authorizer: allow });
    expect((await send(port, { path: '/x' })).status).toBe(401);
    for (const path of ['/x', '/y']) {
      const { status, json } = await send(port, { path, headers: token });
      expect(status).toBe(200);
      expect(json.event.requestContext.authorizer).toMatchObject({ principalId: 'p', asked: '1' });
    }
  });

  it.each([
    ['throw new Error("Unauthorized")', 401],
    ['throw new Error("no table")', 500],
    ['process.exit(1)', 500],
    ['return {}', 500],
    ['return { principalId: "p", policyDocument: { Statement: [] } }', 403],
  ])('%s is %i', async (source, status) => {
    const { port } = await serve({ Echo: echo, Authorizer: source });
    expect((await send(port, { path: '/x', headers: token })).status).toBe(status);
  });
});

describe('limits', () => {
  it('are 10 MB of body', async () => {
    const { port } = await serve({
      Echo: 'return { statusCode: 200, body: String(event.body.length) }',
    });
    const body = 'x'.repeat(10 * 1024 * 1024);
    expect((await send(port, { method: 'POST', body })).text).toBe(String(body.length));
    expect((await send(port, { method: 'POST', body: `${body}x` })).status).toBe(413);
  });

  it('are 10,240 bytes of headers', async () => {
    const { port } = await serve({ Echo: echo });
    const headers = (bytes: number) => ({ headers: { 'x-long': 'x'.repeat(bytes) } });
    expect((await send(port, headers(9000))).status).toBe(200);
    const { status, json } = await send(port, headers(11_000));
    expect(status).toBe(431);
    expect(json.error).toContain('headers');
  });
});

describe('what is not HTTP', () => {
  it('gets a 400 and harms nobody', async () => {
    const { port } = await serve({ Echo: echo });
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(port, '127.0.0.1', () => socket.write('\x16\x03\x01 hello\r\n\r\n'));
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*\{"error":"/);
    expect((await send(port)).status).toBe(200);
  });

  it.each(['//', '/open//x', '/%', '/open/%ff%00', '*', 'http://other/open/x', '/?&&=&%'])(
    'as a path is an answer all the same: %s',
    async (path) => {
      const { port } = await serve({ Echo: echo });
      const { status } = await send(port, { path });
      expect([200, 400, 401, 403]).toContain(status);
    },
  );
});
