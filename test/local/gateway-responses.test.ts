import { describe, expect, it } from 'vitest';
import { createGatewayResponses } from '../../infra/local/gateway-responses.ts';
import { template } from '../support/template.ts';

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
