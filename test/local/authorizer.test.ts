import { describe, expect, it } from 'vitest';
import { createAuthorizer } from '../../infra/local/authorizer.ts';
import { FunctionError } from '../../infra/local/invoker.ts';

const arn = 'arn:aws:execute-api:us-east-1:000000000000:api/dev';

describe('the authorizer', () => {
  const allow = {
    principalId: 'p',
    policyDocument: {
      Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${arn}/*` }],
    },
    context: { n: 1, yes: true, text: 'x' },
  };
  const deny = { principalId: 'p', policyDocument: { Statement: [] } };

  const make = (answer: () => unknown, ttl = 300) => {
    let time = 0;
    let asked = 0;
    const invoker = {
      invoke: async () => {
        asked++;
        return answer();
      },
      close: async () => {},
    };
    const properties = {
      AuthorizerUri: 'x:function:F/invocations',
      AuthorizerResultTtlInSeconds: String(ttl),
      IdentityValidationExpression: 'Bearer [a-z]+',
    };
    const check = createAuthorizer(properties, invoker, () => time);
    return {
      check: (token?: string, path = 'GET/a') => check(token, `${arn}/${path}`),
      asked: () => asked,
      wait: (seconds: number) => {
        time += seconds * 1000;
      },
    };
  };
  const fail = (message: string) => () => {
    throw new FunctionError(message);
  };

  it('refuses what does not match the whole expression without asking', async () => {
    const { check, asked } = make(() => allow);
    for (const token of [undefined, '', 'Bearer', 'Bearer a1', 'x Bearer a', 'Bearer a b']) {
      expect(await check(token)).toMatchObject({ error: { type: 'UNAUTHORIZED' } });
    }
    expect(asked()).toBe(0);
  });

  it('passes the context on as strings', async () => {
    expect(await make(() => allow).check('Bearer a')).toEqual({
      identity: {
        principalId: 'p',
        n: '1',
        yes: 'true',
        text: 'x',
        integrationLatency: expect.any(Number),
      },
    });
  });

  it.each([
    ['allowing', allow],
    ['denying', deny],
  ])('caches an %s answer for its time, by token', async (_, answer) => {
    const { check, asked, wait } = make(() => answer);
    await check('Bearer a');
    wait(299);
    await check('Bearer a', 'PUT/b');
    expect(asked()).toBe(1);
    await check('Bearer b');
    expect(asked()).toBe(2);
    wait(1);
    await check('Bearer a');
    expect(asked()).toBe(3);
  });

  it('holds the cached policy against each path anew', async () => {
    const one = structuredClone(allow);
    one.policyDocument.Statement = [
      { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${arn}/GET/a` },
    ];
    const { check } = make(() => one);
    expect(await check('Bearer a', 'GET/a')).toHaveProperty('identity');
    expect(await check('Bearer a', 'GET/b')).toMatchObject({ error: { type: 'ACCESS_DENIED' } });
  });

  it.each<[string, () => unknown]>([
    ['UNAUTHORIZED', fail('Unauthorized')],
    ['AUTHORIZER_FAILURE', fail('unauthorized')],
    ['AUTHORIZER_FAILURE', fail('The table is gone')],
    ['AUTHORIZER_CONFIGURATION_ERROR', () => null],
    ['AUTHORIZER_CONFIGURATION_ERROR', () => ({ ...allow, principalId: undefined })],
    ['AUTHORIZER_CONFIGURATION_ERROR', () => ({ ...allow, context: { list: [] } })],
  ])('answers %s, uncached', async (type, answer) => {
    const { check, asked } = make(answer);
    expect(await check('Bearer a')).toMatchObject({ error: { type } });
    await check('Bearer a');
    expect(asked()).toBe(2);
  });
});
