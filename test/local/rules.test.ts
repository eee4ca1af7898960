import { describe, expect, it } from 'vitest';
import { createAuthorizer } from '../../infra/local/authorizer.ts';
import { createGatewayResponses } from '../../infra/local/gateway-responses.ts';
import { accessesOf, firstDenied } from '../../infra/local/iam.ts';
import { FunctionError } from '../../infra/local/invoker.ts';
import { toHttpAnswer } from '../../infra/local/lambda-response.ts';
import { isAllowed } from '../../infra/local/policy.ts';
import { createRouter, type Method } from '../../infra/local/routes.ts';
import { resolve, type Template } from '../../infra/local/template.ts';
import { createThrottle } from '../../infra/local/throttle.ts';

const arn = 'arn:aws:execute-api:us-east-1:000000000000:api/dev';

describe('policy', () => {
  it.each<[string, string, boolean]>([
    [`${arn}/*`, `${arn}/GET/api/v1/users`, true],
    [`${arn}/GET/api/v1/users`, `${arn}/GET/api/v1/users`, true],
    [`${arn}/GET/api/v1/users`, `${arn}/GET/api/v1/users/me`, false],
    [`${arn}/GET/*`, `${arn}/POST/api/v1/users`, false],
    [`${arn}/GET/a?c`, `${arn}/GET/abc`, true],
    [`${arn}/GET/a?c`, `${arn}/GET/ac`, false],
    [`${arn}/GET/a.c`, `${arn}/GET/abc`, false],
    ['*', `${arn}/GET/`, true],
    ['', `${arn}/GET/`, false],
  ])('a grant on %s for %s: %s', (resource, asked, allowed) => {
    const statement = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: resource };
    expect(isAllowed([statement], 'execute-api:Invoke', asked)).toBe(allowed);
    const deny = { ...statement, Effect: 'Deny', Resource: '*' };
    expect(isAllowed([statement, deny], 'execute-api:Invoke', asked)).toBe(false);
    expect(isAllowed([{ ...statement, Condition: {} }], 'execute-api:Invoke', asked)).toBe(false);
    expect(isAllowed([{ ...statement, Action: 'lambda:*' }], 'execute-api:Invoke', asked)).toBe(
      false,
    );
  });
});

describe('routing', () => {
  const declared: [string, string][] = [
    ['/', 'ANY'],
    ['/{proxy+}', 'ANY'],
    ['/users', 'GET'],
    ['/users/me', 'GET'],
    ['/users/{userName}', 'GET'],
    ['/users/{userName}', 'ANY'],
    ['/users/{userName}/password', 'PUT'],
  ];
  const methods = declared.map(
    ([resourcePath, httpMethod]): Method => ({
      resourcePath,
      httpMethod,
      integration: {},
    }),
  );
  const route = createRouter(Map.groupBy(methods, ({ resourcePath }) => resourcePath));

  it.each<[string, string, string | undefined, object | null]>([
    ['GET', '/users', 'GET /users', null],
    ['GET', '/users/', 'GET /users', null],
    ['GET', '/users/me', 'GET /users/me', null],
    ['POST', '/users/me', undefined, null],
    ['GET', '/users/bob', 'GET /users/{userName}', { userName: 'bob' }],
    ['GET', '/users/a%2Fb%20c', 'GET /users/{userName}', { userName: 'a%2Fb%20c' }],
    ['POST', '/users/bob', 'ANY /users/{userName}', { userName: 'bob' }],
    ['PUT', '/users/bob/password', 'PUT /users/{userName}/password', { userName: 'bob' }],
    ['GET', '/users/bob/password', undefined, null],
    ['GET', '/users/bob/x', 'ANY /{proxy+}', { proxy: 'users/bob/x' }],
    ['GET', '/users//password', 'ANY /{proxy+}', { proxy: 'users//password' }],
    ['GET', '/Users', 'ANY /{proxy+}', { proxy: 'Users' }],
    ['GET', '/', 'ANY /', null],
  ])('%s %s goes to %s', (method, path, goes, parameters) => {
    const match = route(method, path);
    expect(match && `${match.method.httpMethod} ${match.method.resourcePath}`).toBe(goes);
    if (match) expect(match.pathParameters).toEqual(parameters);
  });
});

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

const template = (resources: Template['resources']): Template => ({
  folder: '',
  resources,
  outputs: {},
});

describe('gateway responses', () => {
  const declare = (ResponseType: string, rest: object) => ({
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: { ResponseType, ...rest },
  });
  const body = (text: string) => ({ ResponseTemplates: { 'application/json': text } });
  const answer = createGatewayResponses(
    template({
      a: declare('DEFAULT_4XX', body('{"error":$context.error.messageString}')),
      b: declare('DEFAULT_5XX', { StatusCode: '500', ...body('{"error":"sorry"}') }),
      c: declare('UNAUTHORIZED', {
        StatusCode: '401',
        ...body('{"error":"token"}'),
        ResponseParameters: {
          'gatewayresponse.header.X-Request-ID': 'context.requestId',
          'gatewayresponse.header.WWW-Authenticate': "'Bearer'",
          'gatewayresponse.header.X-None': 'method.request.header.X',
        },
      }),
    }),
  );

  it.each<[string, number, string]>([
    ['UNAUTHORIZED', 401, '{"error":"token"}'],
    ['ACCESS_DENIED', 403, '{"error":"say \\"$&\\""}'],
    ['REQUEST_TOO_LARGE', 413, '{"error":"say \\"$&\\""}'],
    ['DEFAULT_5XX', 500, '{"error":"sorry"}'],
    ['AUTHORIZER_FAILURE', 500, '{"error":"sorry"}'],
  ])('of type %s: %i %s', (type, status, text) => {
    expect(answer({ type, message: 'say "$&"' }, 'id')).toMatchObject({ status, body: text });
  });

  it('set headers from text and from the request', () => {
    expect(answer({ type: 'UNAUTHORIZED', message: '' }, 'id').headers).toEqual({
      'Content-Type': 'application/json',
      'X-Request-ID': 'id',
      'WWW-Authenticate': 'Bearer',
    });
  });

  it("are the gateway's own where the template declares none", () => {
    const plain = createGatewayResponses(template({}));
    expect(plain({ type: 'DEFAULT_5XX', message: 'Internal server error' }, 'id')).toMatchObject({
      status: 502,
      body: '{"message":"Internal server error"}',
    });
  });
});

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

describe('IAM on the table', () => {
  const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/T';
  const key = { TableName: 'T' };
  const may = (actions: string[], resource = table) => [
    { Effect: 'Allow', Action: actions.map((action) => `dynamodb:${action}`), Resource: resource },
  ];

  it.each<[string, object, string[]]>([
    ['GetItem', key, [`GetItem ${table}`]],
    ['Query', { ...key, IndexName: 'gsi1' }, [`Query ${table}/index/gsi1`]],
    [
      'BatchGetItem',
      { RequestItems: { T: {}, U: {} } },
      [`BatchGetItem ${table}`, `BatchGetItem ${table.replace(/T$/, 'U')}`],
    ],
    ['TransactGetItems', { TransactItems: [{ Get: key }] }, [`GetItem ${table}`]],
    [
      'TransactWriteItems',
      { TransactItems: [{ Put: key }, { ConditionCheck: key }, { Delete: key }, { Update: key }] },
      ['PutItem', 'ConditionCheckItem', 'DeleteItem', 'UpdateItem'].map((one) => `${one} ${table}`),
    ],
  ])('%s needs what it does', (operation, request, needs) => {
    const accesses = accessesOf(operation, request);
    expect(accesses.map(({ action, resource }) => `${action} ${resource}`)).toEqual(needs);
    const actions = accesses.map(({ action }) => action);
    const all = [...new Set(accesses.map(({ resource }) => resource))].flatMap((resource) =>
      may(actions, resource),
    );
    expect(firstDenied(all, operation, request)).toBeUndefined();
    for (const left of actions) {
      const rest = may(actions.filter((action) => action !== left));
      expect(firstDenied(rest, operation, request)).toBeDefined();
    }
    expect(firstDenied([], operation, request)).toBeDefined();
  });

  it('takes no grant on the table for one on its index, nor the other way round', () => {
    const query = { ...key, IndexName: 'gsi1' };
    expect(firstDenied(may(['Query']), 'Query', query)).toBeDefined();
    expect(firstDenied(may(['Query'], `${table}/index/gsi1`), 'Query', key)).toBeDefined();
  });
});

describe('throttling', () => {
  it('lets a burst pass and then the rate, each method by itself', () => {
    let time = 0;
    const settings = {
      ResourcePath: '/*',
      HttpMethod: '*',
      ThrottlingRateLimit: 2,
      ThrottlingBurstLimit: 3,
    };
    const stage = { Type: 'AWS::ApiGateway::Stage', Properties: { MethodSettings: [settings] } };
    const mayPass = createThrottle(template({ stage }), () => time);
    const several = (method: string) => [1, 2, 3, 4].map(() => mayPass(method));
    expect(several('GET')).toEqual([true, true, true, false]);
    expect(several('PUT')).toEqual([true, true, true, false]);
    time = 500;
    expect(several('GET')).toEqual([true, false, false, false]);
    expect(createThrottle(template({}))('GET')).toBe(true);
  });
});

describe('intrinsic functions', () => {
  it.each<[object, unknown]>([
    [{ Ref: 'T' }, 'T'],
    [{ Ref: 'AWS::Region' }, 'us-east-1'],
    [{ 'Fn::GetAtt': ['T', 'Arn'] }, 'arn:aws:dynamodb:us-east-1:000000000000:table/T'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'T' }]] }, 'a-T'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax
    [{ 'Fn::Sub': 'x-${AWS::Region}' }, 'x-us-east-1'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b'] }] }, 'b'],
    [
      { a: [{ Ref: 'T' }], b: null, c: { Ref: 'T', d: 1 } },
      { a: ['T'], b: null, c: { Ref: 'T', d: 1 } },
    ],
  ])('resolve %j', (value, resolved) => {
    const resources = { T: { Type: 'AWS::DynamoDB::Table', Properties: {} } };
    expect(resolve(value as never, resources)).toEqual(resolved);
  });

  it('that are not known fail loudly', () => {
    expect(() => resolve({ 'Fn::ImportValue': 'x' }, {})).toThrow('Fn::ImportValue');
  });
});
