import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { gatewayCorsHeaders } from '../../infra/cors.ts';
import { answerMock } from '../../infra/local/mock.ts';
import { pages, routes } from '../../infra/routes.ts';
import { stageOf } from '../../infra/stages.ts';
import { functionOf, resourcesOf, stackWith, synth } from './synth.ts';

const site = 'https://app.example.com';
const another = 'http://localhost:5173';
const withOrigins = (...allowedOrigins: string[]) =>
  Template.fromStack(stackWith({ allowedOrigins }).stack);

const methodsOf = (template: Template, httpMethod: string) =>
  resourcesOf(template, 'AWS::ApiGateway::Method')
    .map(([, { Properties }]) => Properties)
    .filter((one) => one.HttpMethod === httpMethod);

/** What the gateway answers a browser on another site, which asks before it calls. */
const preflight = (template: Template, origin: string) => {
  const [method] = methodsOf(template, 'OPTIONS');
  const { Integration: integration } = method;
  const routed = { ...{ resourcePath: '/', httpMethod: 'OPTIONS' }, integration };
  return answerMock(routed, { origin }, 'id');
};

const allowedFrom = (template: Template, origin: string) =>
  preflight(template, origin)?.headers['Access-Control-Allow-Origin'];

describe('without origins', () => {
  const { template } = synth();

  it('nothing knows of other sites', () => {
    expect(methodsOf(template, 'OPTIONS')).toEqual([]);
    const text = JSON.stringify(template.toJSON());
    expect(text).not.toContain('Access-Control');
    expect(text).not.toContain('ALLOWED_ORIGINS');
  });
});

describe.each([
  { number: 'one origin', origins: [site] },
  { number: 'two origins', origins: [site, another] },
])('with $number', ({ origins }) => {
  const template = withOrigins(...origins);

  it('every resource tells browsers who may call, without a function or a token', () => {
    const options = methodsOf(template, 'OPTIONS');
    expect(options).toHaveLength(methodsOf(template, 'ANY').length);
    for (const { AuthorizationType, Integration, MethodResponses } of options) {
      expect(AuthorizationType).toBe('NONE');
      expect(Integration.Type).toBe('MOCK');
      const [response] = Integration.IntegrationResponses;
      expect(Object.keys(response.ResponseParameters)).toEqual(
        Object.keys(MethodResponses[0].ResponseParameters),
      );
    }
  });

  it.each(origins)('%s may', (origin) => {
    expect(preflight(template, origin)).toMatchObject({
      status: 204,
      headers: {
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Allow-Headers': expect.stringContaining('Authorization'),
        Vary: 'Origin',
      },
      body: '',
    });
  });

  it.each([
    'https://evil.example.com',
    `${site}.evil.example.com`,
    'null',
    '',
    `${another}" || $origin == "x`,
  ])('%j may not', (origin) => {
    // A listed one may stand there: the browser compares.
    expect(origins).toContain(allowedFrom(template, origin));
  });

  it('allows each method that there is', () => {
    const methods = preflight(template, site)?.headers['Access-Control-Allow-Methods'];
    for (const { method } of routes) expect(methods).toContain(method);
  });

  it('functions that answer requests know the origins, and no others', () => {
    for (const { entry } of [...routes, ...pages]) {
      const [, { Properties }] = functionOf(template, entry);
      expect(Properties.Environment.Variables.ALLOWED_ORIGINS).toBe(origins.join(' '));
    }
    for (const entry of ['authorizer', 'bootstrap']) {
      const [, { Properties }] = functionOf(template, entry);
      expect(Properties.Environment.Variables).not.toHaveProperty('ALLOWED_ORIGINS');
    }
  });

  it("the gateway's own answers name an origin if there is only one", () => {
    const expected = origins.length === 1 ? `'${site}'` : undefined;
    const name = 'Access-Control-Allow-Origin';
    for (const [, { Properties }] of resourcesOf(template, 'AWS::ApiGateway::GatewayResponse')) {
      expect(Properties.ResponseParameters[`gatewayresponse.header.${name}`]).toBe(expected);
    }
    for (const { Integration } of methodsOf(template, 'ANY')) {
      const [{ ResponseParameters }] = Integration.IntegrationResponses;
      expect(ResponseParameters[`method.response.header.${name}`]).toBe(expected);
    }
  });
});

it.each(['*', 'app.example.com', 'https://app.example.com/', 'https://a"#end', 'null'])(
  '%j is no origin',
  (origin) => {
    const stage = { ...stageOf('dev'), allowedOrigins: [site, origin] };
    expect(() => gatewayCorsHeaders(stage)).toThrow(`"${origin}" is no origin`);
  },
);
