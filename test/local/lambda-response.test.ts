import { describe, expect, it } from 'vitest';
import { toHttpAnswer } from '../../infra/local/lambda-response.ts';

describe("a function's answer", () => {
  it.each<[string, unknown]>([
    ['nothing', null],
    ['a list', []],
    ['no status', { body: '' }],
    ['a bad status', { statusCode: 99 }],
    ['an unknown key', { statusCode: 200, status: 200 }],
    ['a header that is an object', { statusCode: 200, headers: { a: {} } }],
    ['a header that is null', { statusCode: 200, headers: { a: null } }],
    ['multi-value headers that are no list', { statusCode: 200, multiValueHeaders: { a: 'b' } }],
    ['a body that is an object', { statusCode: 200, body: {} }],
  ])('is malformed with %s', (_, result) => {
    expect(toHttpAnswer(result)).toBeUndefined();
  });

  it('becomes HTTP, with the headers renamed that the gateway keeps for itself', () => {
    const result = {
      statusCode: '401',
      headers: { 'WWW-Authenticate': 'Bearer', 'content-type': 'text/plain', n: 1 },
      multiValueHeaders: { a: ['1', '2'] },
      body: 'x',
    };
    expect(toHttpAnswer(result)).toEqual({
      status: 401,
      headers: {
        'x-amzn-Remapped-WWW-Authenticate': 'Bearer',
        'content-type': 'text/plain',
        n: '1',
        a: ['1', '2'],
      },
      body: 'x',
    });
    expect(toHttpAnswer({ statusCode: 200, body: 'eA==', isBase64Encoded: true })?.body).toBe('x');
  });
});
