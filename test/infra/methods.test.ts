import { describe, expect, it } from 'vitest';
import { commonHeaders } from '../../infra/gateway-responses.ts';
import { authorizer, bootstrap, pages, routes } from '../../infra/routes.ts';
import { functionOf, type Resource, resourcesOf, synth } from './synth.ts';

const { template } = synth();
const answering = [...routes, ...pages];
const resources = new Map(resourcesOf(template, 'AWS::ApiGateway::Resource'));
const methods = resourcesOf(template, 'AWS::ApiGateway::Method');
const [apiId = ''] = resourcesOf(template, 'AWS::ApiGateway::RestApi')[0] ?? [];

const pathOf = (id: string): string => {
  const { ParentId, PathPart } = resources.get(id)?.Properties ?? {};
  return ParentId ? `${pathOf(ParentId.Ref ?? '')}/${PathPart}` : '';
};
const nameOf = ({ Properties: { HttpMethod, ResourceId } }: Resource) =>
  `${HttpMethod} ${pathOf(ResourceId.Ref ?? '') || '/'}`;
const isMock = ({ Properties }: Resource) => Properties.Integration.Type === 'MOCK';
const real = methods.map(([, method]) => method).filter((method) => !isMock(method));
const mocks = methods.map(([, method]) => method).filter(isMock);

describe('the API', () => {
  it('is regional and makes no account-wide role', () => {
    template.allResourcesProperties('AWS::ApiGateway::RestApi', {
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
    template.resourceCountIs('AWS::ApiGateway::Account', 0);
  });

  it('compresses what is long, for who takes it', () => {
    template.allResourcesProperties('AWS::ApiGateway::RestApi', { MinimumCompressionSize: 10_240 });
  });

  it('has the methods of the routes and no others', () => {
    expect(real.map(nameOf).sort()).toEqual(
      answering.map(({ method, path }) => `${method} ${path}`).sort(),
    );
  });

  it.each(answering)('$method $path invokes $entry as a proxy', ({ method, path, entry }) => {
    const found = real.find((one) => nameOf(one) === `${method} ${path}`);
    expect(found?.Properties.Integration).toMatchObject({ Type: 'AWS_PROXY' });
    expect(JSON.stringify(found?.Properties.Integration.Uri)).toContain(
      JSON.stringify({ 'Fn::GetAtt': [functionOf(template, entry)[0], 'Arn'] }),
    );
  });

  it.each(answering)('$method $path asks the authorizer first, unless it is open', (route) => {
    const [authorizerId] = resourcesOf(template, 'AWS::ApiGateway::Authorizer')[0] ?? [];
    const found = real.find((one) => nameOf(one) === `${route.method} ${route.path}`);
    const closed = { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: authorizerId } };
    expect(found?.Properties).toMatchObject(route.open ? { AuthorizationType: 'NONE' } : closed);
  });

  it('is open to logins, and to who looks for what there is, alone', () => {
    const open = answering.filter((route) => route.open).map(({ entry }) => entry);
    expect(open).toEqual([
      ...['sessions/create', 'authzen/configuration', 'openapi'],
      ...['console', 'docs/page', 'docs/script'],
    ]);
  });

  it('deploys only when all that it serves is there', () => {
    const [[, deployment] = []] = resourcesOf(template, 'AWS::ApiGateway::Deployment');
    const served = ['Resource', 'Method', 'GatewayResponse'].flatMap((type) =>
      resourcesOf(template, `AWS::ApiGateway::${type}`).map(([id]) => id),
    );
    expect(deployment?.DependsOn).toEqual(expect.arrayContaining(served));
  });
});

describe('the authorizer', () => {
  const [[authorizerId, found] = []] = resourcesOf(template, 'AWS::ApiGateway::Authorizer');

  it('checks the shape of a token first and keeps an answer for five minutes', () => {
    expect(found?.Properties).toMatchObject({
      Type: 'TOKEN',
      IdentitySource: 'method.request.header.Authorization',
      AuthorizerResultTtlInSeconds: 300,
    });
    const shape = new RegExp(found?.Properties.IdentityValidationExpression);
    const token = `bw_YWRtaW4.${'a'.repeat(20)}.${'B'.repeat(49)}`;
    expect(`Bearer ${token}`).toMatch(shape);
    expect(`bearer   ${token}`).toMatch(shape);
    expect(token).not.toMatch(shape);
    expect(`Bearer ${token}x`).not.toMatch(shape);
    expect(`x Bearer ${token}`).not.toMatch(shape);
    expect('Bearer bw_..').not.toMatch(shape);
  });

  it('may be invoked by this authorizer alone', () => {
    const [id] = functionOf(template, authorizer.entry);
    const granted = resourcesOf(template, 'AWS::Lambda::Permission').filter(
      ([, { Properties }]) => Properties.FunctionName['Fn::GetAtt'][0] === id,
    );
    expect(granted).toHaveLength(1);
    const source: unknown[] = granted[0]?.[1].Properties.SourceArn['Fn::Join'][1];
    expect(source.slice(-3)).toEqual([{ Ref: apiId }, '/authorizers/', { Ref: authorizerId }]);
  });
});

it('lets nobody invoke bootstrap but by IAM', () => {
  const [id] = functionOf(template, bootstrap.entry);
  const reached = methods.filter(([, method]) => JSON.stringify(method).includes(id));
  const granted = resourcesOf(template, 'AWS::Lambda::Permission').filter(([, permission]) =>
    JSON.stringify(permission).includes(id),
  );
  expect([...reached, ...granted]).toEqual([]);
});

describe('what is not there', () => {
  it('is answered on every resource, on the root and below it', () => {
    const everywhere = ['', ...resources.keys()].map((id) => `ANY ${pathOf(id) || '/'}`);
    expect(everywhere).toContain('ANY /{proxy+}');
    expect(mocks.map(nameOf).sort()).toEqual(everywhere.sort());
  });

  it.each(mocks.map((mock) => [nameOf(mock), mock] as const))('%s is a 404', (_, mock) => {
    const { Integration, MethodResponses, AuthorizationType } = mock.Properties;
    expect(AuthorizationType).toBe('NONE');
    for (const request of Object.values<string>(Integration.RequestTemplates)) {
      expect(JSON.parse(request)).toEqual({ statusCode: 404 });
    }
    expect(Integration.RequestTemplates).toHaveProperty(['application/json']);
    expect(Integration.IntegrationResponses).toHaveLength(1);
    const [response] = Integration.IntegrationResponses;
    expect(response.StatusCode).toBe('404');
    expect(JSON.parse(response.ResponseTemplates['application/json'])).toEqual({
      error: expect.stringMatching(/^[^#$]+\.$/),
    });
    const headers = Object.entries(commonHeaders).map(([name, value]) => [
      `method.response.header.${name}`,
      value,
    ]);
    expect(response.ResponseParameters).toEqual(Object.fromEntries(headers));
    // API Gateway drops a header that the method does not declare.
    expect(Object.keys(MethodResponses[0].ResponseParameters).sort()).toEqual(
      headers.map(([name]) => name).sort(),
    );
  });
});

it.each(routes.filter(({ method }) => method === 'GET'))('GET $path can only read', (route) => {
  const reading = ['BatchGetItem', 'GetItem', 'Query'];
  expect(reading).toEqual(expect.arrayContaining([...route.onTable, ...(route.onIndex ?? [])]));
});
