import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import { describe, expect, it } from 'vitest';
import { commonHeaders } from '../../infra/gateway-responses.ts';
import { resourcesOf, synth } from './synth.ts';

const { template } = synth();
const responses = new Map(
  resourcesOf(template, 'AWS::ApiGateway::GatewayResponse').map(([, { Properties }]) => [
    Properties.ResponseType as string,
    Properties,
  ]),
);

const expressionOf = (type: string, header: string): string | undefined =>
  responses.get(type)?.ResponseParameters[`gatewayresponse.header.${header}`];

// API Gateway developer guide, "Gateway response types".
const statuses = {
  ACCESS_DENIED: '403',
  API_CONFIGURATION_ERROR: '500',
  AUTHORIZER_CONFIGURATION_ERROR: '503',
  AUTHORIZER_FAILURE: '503',
  BAD_REQUEST_BODY: '400',
  BAD_REQUEST_PARAMETERS: '400',
  // A status here would replace that of every undeclared type.
  DEFAULT_4XX: undefined,
  DEFAULT_5XX: '500',
  EXPIRED_TOKEN: '401',
  INTEGRATION_FAILURE: '504',
  INTEGRATION_TIMEOUT: '504',
  INVALID_API_KEY: '401',
  INVALID_SIGNATURE: '401',
  MISSING_AUTHENTICATION_TOKEN: '404',
  QUOTA_EXCEEDED: '429',
  REQUEST_TOO_LARGE: '413',
  RESOURCE_NOT_FOUND: '404',
  THROTTLED: '429',
  UNAUTHORIZED: '401',
  UNSUPPORTED_MEDIA_TYPE: '404',
  WAF_FILTERED: '403',
};

it('declares every type that API Gateway has', () => {
  const known = Object.values(ResponseType).map(({ responseType }) => responseType);
  expect([...responses.keys()].sort()).toEqual(known.sort());
  expect(Object.keys(statuses)).toEqual(known.sort());
});

describe.each(Object.entries(statuses))('%s', (type, status) => {
  it(`answers with ${status ?? 'the status of what went wrong'}`, () => {
    expect(responses.get(type)?.StatusCode).toBe(status);
  });

  it('says one sentence as JSON', () => {
    const message = 'He said "no", \\ and \n left.';
    const templates: Record<string, string> = responses.get(type)?.ResponseTemplates;
    expect(Object.keys(templates)).toEqual(['application/json']);
    const body = (templates['application/json'] ?? '').replaceAll(
      '$context.error.messageString',
      () => JSON.stringify(message),
    );
    const { error, ...rest } = JSON.parse(body);
    expect(rest).toEqual({});
    expect(error).toMatch(/^[A-Z][^$]*\.$/);
  });

  it('carries the headers of every answer', () => {
    for (const [name, value] of Object.entries(commonHeaders)) {
      expect(expressionOf(type, name)).toBe(value);
    }
  });

  it('says how to go on: which credentials to send, or when to try again', () => {
    expect(expressionOf(type, 'WWW-Authenticate')).toBe(status === '401' ? "'Bearer'" : undefined);
    const passes = ['429', '503', '504'].includes(status ?? '');
    if (passes) expect(expressionOf(type, 'Retry-After')).toMatch(/^'\d+'$/);
    else expect(expressionOf(type, 'Retry-After')).toBeUndefined();
  });
});

it('writes the headers of every answer as API Gateway wants them', () => {
  expect(commonHeaders).toEqual({
    'Cache-Control': "'no-store'",
    'Content-Type': "'application/json'",
    'Strict-Transport-Security': "'max-age=63072000; includeSubDomains'",
    'X-Content-Type-Options': "'nosniff'",
    'X-Request-ID': 'context.requestId',
  });
});
