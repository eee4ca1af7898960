import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { authorizer, bootstrap, routes } from '../../infra/routes.ts';
import { BailiwickStack } from '../../infra/stack.ts';
import { stageOf } from '../../infra/stages.ts';

const synthesize = (stage: string, domain?: { name: string; certificateArn: string }) => {
  const stack = new BailiwickStack(new App(), `bailiwick-${stage}`, {
    stage: stageOf(stage),
    domain,
  });
  return Template.fromStack(stack);
};

const dev = synthesize('dev');
// biome-ignore lint/suspicious/noExplicitAny: a template's properties have no types
type Resources = [id: string, properties: any][];
const ofType = (type: string, template = dev): Resources =>
  Object.entries(template.findResources(type)).map(([id, { Properties }]) => [id, Properties]);

describe('the table', () => {
  it('is on demand with point-in-time recovery, expiry and its one index', () => {
    dev.hasResourceProperties('AWS::DynamoDB::Table', {
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      GlobalSecondaryIndexes: [Match.objectLike({ IndexName: 'gsi1' })],
    });
  });

  it('keeps password hashes out of the index', () => {
    const [[, { GlobalSecondaryIndexes }] = ['', {}]] = ofType('AWS::DynamoDB::Table');
    expect(GlobalSecondaryIndexes[0].Projection).toEqual({
      ProjectionType: 'INCLUDE',
      NonKeyAttributes: ['username', 'user_id', 'types'],
    });
  });

  it.each([
    ['dev', false, 'Delete'],
    ['staging', true, 'Retain'],
    ['prod', true, 'Retain'],
  ])('of stage %s: deletion protection %s, on removal %s', (stage, isProtected, policy) => {
    synthesize(stage).hasResource('AWS::DynamoDB::Table', {
      Properties: { DeletionProtectionEnabled: isProtected },
      DeletionPolicy: policy,
      UpdateReplacePolicy: policy,
    });
  });
});

describe('the API', () => {
  it('is regional and makes no account-wide role', () => {
    dev.hasResourceProperties('AWS::ApiGateway::RestApi', {
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
    dev.resourceCountIs('AWS::ApiGateway::Account', 0);
  });

  it('throttles every method', () => {
    for (const stage of ['dev', 'staging', 'prod']) {
      const [[, { MethodSettings }] = ['', {}]] = ofType(
        'AWS::ApiGateway::Stage',
        synthesize(stage),
      );
      expect(MethodSettings).toEqual([
        expect.objectContaining({
          HttpMethod: '*',
          ResourcePath: '/*',
          ThrottlingRateLimit: stageOf(stage).throttle.rate,
          ThrottlingBurstLimit: stageOf(stage).throttle.burst,
        }),
      ]);
    }
  });

  it('has the authorizer before every function, and a function for every route', () => {
    const methods = ofType('AWS::ApiGateway::Method');
    const proxies = methods.filter(([, { Integration }]) => Integration.Type === 'AWS_PROXY');
    expect(proxies).toHaveLength(routes.length);
    const [[authorizerId] = ['']] = ofType('AWS::ApiGateway::Authorizer');
    for (const [, properties] of proxies) {
      expect(properties.AuthorizationType).toBe('CUSTOM');
      expect(properties.AuthorizerId).toEqual({ Ref: authorizerId });
    }
    const others = methods.filter(([, { Integration }]) => Integration.Type !== 'AWS_PROXY');
    expect(others.every(([, { Integration }]) => Integration.Type === 'MOCK')).toBe(true);
  });

  it('answers any other method on every resource without a function', () => {
    const anys = ofType('AWS::ApiGateway::Method').filter(
      ([, { HttpMethod }]) => HttpMethod === 'ANY',
    );
    const resources = anys.map(([, { ResourceId }]) => JSON.stringify(ResourceId));
    // The root is no resource of its own.
    expect(new Set(resources).size).toBe(ofType('AWS::ApiGateway::Resource').length + 1);
    expect(resources.some((id) => id.includes('RootResourceId'))).toBe(true);
  });

  it('caches the authorizer for 300 s and lets only tokens of our shape through to it', () => {
    const [[, properties] = ['', {}]] = ofType('AWS::ApiGateway::Authorizer');
    expect(properties).toMatchObject({ Type: 'TOKEN', AuthorizerResultTtlInSeconds: 300 });
    const shape = new RegExp(properties.IdentityValidationExpression);
    const token = `bw_YWRtaW4.${'a'.repeat(20)}.${'b'.repeat(49)}`;
    expect(shape.test(`Bearer ${token}`)).toBe(true);
    expect(shape.test(`bEARER  ${token}`)).toBe(true);
    expect(shape.test(token)).toBe(false);
    expect(shape.test(`Bearer ${token}x`)).toBe(false);
  });

  it('is deployed anew when any method or gateway response changes', () => {
    const [deployment] = Object.values(dev.findResources('AWS::ApiGateway::Deployment'));
    const wanted = [
      ...ofType('AWS::ApiGateway::Method'),
      ...ofType('AWS::ApiGateway::GatewayResponse'),
    ];
    expect(deployment?.DependsOn).toEqual(expect.arrayContaining(wanted.map(([id]) => id)));
  });

  it('may have a domain of its own, with TLS 1.2', () => {
    const certificateArn = 'arn:aws:acm:eu-west-1:111111111111:certificate/x';
    const template = synthesize('dev', { name: 'id.example.com', certificateArn });
    template.hasResourceProperties('AWS::ApiGateway::DomainName', {
      DomainName: 'id.example.com',
      SecurityPolicy: 'TLS_1_2',
    });
    template.hasOutput('BaseUrl', { Value: 'https://id.example.com' });
    dev.resourceCountIs('AWS::ApiGateway::DomainName', 0);
  });
});

describe('gateway responses', () => {
  const responses = ofType('AWS::ApiGateway::GatewayResponse');

  it('are one sentence in {"error"} each, with the headers of every answer', () => {
    for (const [, { ResponseTemplates, ResponseParameters }] of responses) {
      const filled = ResponseTemplates['application/json'].replace(
        '$context.error.messageString',
        '"A message."',
      );
      expect(Object.keys(JSON.parse(filled))).toEqual(['error']);
      for (const header of ['Cache-Control', 'X-Request-ID', 'Strict-Transport-Security']) {
        expect(ResponseParameters).toHaveProperty([`gatewayresponse.header.${header}`]);
      }
    }
  });

  it('give every 5XX type a status of its own, so that the default is only that of a crash', () => {
    const statuses = Object.fromEntries(
      responses.map(([, { ResponseType, StatusCode }]) => [ResponseType, StatusCode]),
    );
    expect(statuses).toMatchObject({
      API_CONFIGURATION_ERROR: '500',
      AUTHORIZER_CONFIGURATION_ERROR: '500',
      AUTHORIZER_FAILURE: '503',
      DEFAULT_5XX: '500',
      INTEGRATION_FAILURE: '504',
      INTEGRATION_TIMEOUT: '504',
    });
    // A status here would rewrite every 4XX that has none.
    expect(statuses.DEFAULT_4XX).toBeUndefined();
  });

  it('tell who is refused how to come back', () => {
    const headers = Object.fromEntries(
      responses.map(([, { ResponseType, ResponseParameters }]) => [
        ResponseType,
        ResponseParameters,
      ]),
    );
    expect(headers.UNAUTHORIZED).toHaveProperty(
      ['gatewayresponse.header.WWW-Authenticate'],
      "'Bearer'",
    );
    expect(headers.THROTTLED).toHaveProperty(['gatewayresponse.header.Retry-After'], "'1'");
    expect(headers.AUTHORIZER_FAILURE).toHaveProperty(
      ['gatewayresponse.header.Retry-After'],
      "'1'",
    );
  });
});

describe('each function', () => {
  const specs = [...routes, authorizer, bootstrap];
  const [[tableId] = ['']] = ofType('AWS::DynamoDB::Table');
  const tableArn = { 'Fn::GetAtt': [tableId, 'Arn'] };
  const indexArn = { 'Fn::Join': ['', [tableArn, '/index/gsi1']] };
  const list = (value: unknown) => [value].flat();

  it.each(specs)(
    'may do to the table exactly what it uses: $entry',
    ({ entry, onTable, onIndex }) => {
      const [, fn] =
        ofType('AWS::Lambda::Function').find(([, { Description }]) =>
          Description.endsWith(` ${entry}`),
        ) ?? [];
      const [, role] =
        ofType('AWS::IAM::Role').find(([id]) => id === fn.Role['Fn::GetAtt'][0]) ?? [];
      expect(role.ManagedPolicyArns).toBeUndefined();
      const statements = role.Policies.flatMap(
        (policy: { PolicyDocument: { Statement: object[] } }) => policy.PolicyDocument.Statement,
      );
      const actionsOn = (resource: object) =>
        statements
          .filter(
            ({ Resource }: { Resource: unknown }) =>
              JSON.stringify(Resource) === JSON.stringify(resource),
          )
          .flatMap(({ Action }: { Action: unknown }) => list(Action))
          .sort();
      const named = (actions: readonly string[] = []) =>
        actions.map((one) => `dynamodb:${one}`).sort();
      expect(actionsOn(tableArn)).toEqual(named(onTable));
      expect(actionsOn(indexArn)).toEqual(named(onIndex));
      const logs = { 'Fn::GetAtt': [fn.LoggingConfig.LogGroup.Ref, 'Arn'] };
      expect(actionsOn(logs)).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
      expect(statements).toHaveLength(1 + 1 + (onIndex ? 1 : 0));
      expect(JSON.stringify(statements)).not.toContain('*');
      expect(fn).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Timeout: 10 });
    },
  );

  it('is there for each spec and no more, with a log group that ends', () => {
    expect(ofType('AWS::Lambda::Function')).toHaveLength(specs.length);
    const groups = ofType('AWS::Logs::LogGroup');
    expect(groups).toHaveLength(specs.length);
    expect(groups.every(([, { RetentionInDays }]) => RetentionInDays === 7)).toBe(true);
    dev.resourceCountIs('AWS::IAM::Policy', 0);
  });

  it('of no route but the bootstrap function cannot be invoked from the API', () => {
    const invoked = JSON.stringify(ofType('AWS::Lambda::Permission'));
    const [bootstrapId = ''] =
      ofType('AWS::Lambda::Function').find(([id]) => id.startsWith('Bootstrap')) ?? [];
    expect(invoked).not.toContain(bootstrapId);
    dev.hasOutput('BootstrapCommand', {
      Value: { 'Fn::Join': ['', Match.arrayWith([{ Ref: bootstrapId }])] },
    });
  });

  it('has the same code whenever it is synthesized', () => {
    const codeOf = (template: Template) =>
      ofType('AWS::Lambda::Function', template).map(([id, { Code }]) => [id, Code.S3Key]);
    expect(codeOf(synthesize('dev'))).toEqual(codeOf(dev));
  });
});

describe('stages', () => {
  it('are only those that have settings', () => {
    expect(() => stageOf('qa')).toThrow('There is no stage "qa": use one of dev, staging, prod.');
    expect(() => stageOf('constructor')).toThrow('There is no stage');
  });
});
