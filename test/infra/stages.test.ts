import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { authorizer, bootstrap, routes } from '../../infra/routes.ts';
import { stageOf, withoutContradiction } from '../../infra/stages.ts';
import { functionOf, resourcesOf, stackWith, synth } from './synth.ts';

const stages = [
  { stage: 'dev', keepsData: false },
  { stage: 'staging', keepsData: true },
  { stage: 'prod', keepsData: true },
];

describe.each(stages)('the stage $stage', ({ stage, keepsData }) => {
  const { template } = synth({ stage });
  const settings = stageOf(stage);

  it(keepsData ? 'keeps its data when the stack goes' : 'leaves nothing behind', () => {
    const policy = keepsData ? 'Retain' : 'Delete';
    const policies = { DeletionPolicy: policy, UpdateReplacePolicy: policy };
    const [[, table] = []] = resourcesOf(template, 'AWS::DynamoDB::Table');
    expect(table).toMatchObject({
      ...policies,
      Properties: { DeletionProtectionEnabled: keepsData },
    });
    for (const [, group] of resourcesOf(template, 'AWS::Logs::LogGroup')) {
      expect(group).toMatchObject({
        ...policies,
        Properties: { RetentionInDays: settings.logRetentionDays },
      });
    }
  });

  it('has one table on demand, with recovery, expiry and one index', () => {
    expect(resourcesOf(template, 'AWS::DynamoDB::Table').map(([id]) => id)).toEqual(['Table']);
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'gsi1',
          KeySchema: [
            { AttributeName: 'gsi1pk', KeyType: 'HASH' },
            { AttributeName: 'gsi1sk', KeyType: 'RANGE' },
          ],
          Projection: {
            ProjectionType: 'INCLUDE',
            NonKeyAttributes: ['username', 'user_id', 'types'],
          },
        },
      ],
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    });
  });

  it('throttles every method, logins and the library of the reference by themselves', () => {
    const [[, found] = []] = resourcesOf(template, 'AWS::ApiGateway::Stage');
    expect(found?.Properties.StageName).toBe(stage);
    expect(found?.Properties.MethodSettings).toEqual([
      {
        HttpMethod: '*',
        ResourcePath: '/*',
        ThrottlingRateLimit: settings.throttle.rate,
        ThrottlingBurstLimit: settings.throttle.burst,
        // Would write whole requests to the execution log.
        DataTraceEnabled: false,
      },
      {
        HttpMethod: 'POST',
        ResourcePath: '/~1api~1v1~1sessions',
        ThrottlingRateLimit: settings.loginThrottle.rate,
        ThrottlingBurstLimit: settings.loginThrottle.burst,
        DataTraceEnabled: false,
      },
      {
        HttpMethod: 'GET',
        ResourcePath: '/~1docs~1{file}',
        ThrottlingRateLimit: settings.libraryThrottle.rate,
        ThrottlingBurstLimit: settings.libraryThrottle.burst,
        DataTraceEnabled: false,
      },
    ]);
  });

  it('lets nobody in below TLS 1.2, nor under another name', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
      EndpointAccessMode: 'STRICT',
    });
  });

  it('hands its password rules to who sets passwords', () => {
    const [, { Properties }] = functionOf(template, 'users/set-password');
    expect(Properties.Environment.Variables).toMatchObject({
      STAGE: stage,
      BCRYPT_COST: '12',
      PASSWORD_MIN_LENGTH: String(settings.passwordMinLength),
    });
  });

  it('tells logins alone how long a failure takes, which is a second where not only tests log in', () => {
    expect(settings.failedLoginMs).toBe(stage === 'dev' ? 0 : 1000);
    const told = resourcesOf(template, 'AWS::Lambda::Function').flatMap(
      ([, { Properties }]) => Properties.Environment?.Variables?.FAILED_LOGIN_MS ?? [],
    );
    expect(told).toEqual([String(settings.failedLoginMs)]);
  });
});

it('throttles logins harder than the rest where not only tests log in', () => {
  for (const stage of ['staging', 'prod'].map(stageOf)) {
    expect(stage.loginThrottle.rate).toBeLessThan(stage.throttle.rate / 10);
    expect(stage.loginThrottle.burst).toBeLessThan(stage.throttle.burst / 10);
  }
});

it.each([
  ['a cost at which comparing takes longer than a failure', { bcryptCost: 13 }, 'failedLoginMs'],
  ['a topic without alarms', { alarms: false, alarmTopicArn: 'arn:aws:sns:x' }, 'alarmTopicArn'],
])('refuses %s', (_, settings, named) => {
  expect(() => withoutContradiction({ ...stageOf('prod'), ...settings })).toThrow(named);
});

it('takes a cost with the time that it wants', () => {
  const stage = { ...stageOf('prod'), bcryptCost: 13, failedLoginMs: 2000 };
  expect(withoutContradiction(stage)).toBe(stage);
});

describe('the outputs', () => {
  const { template, outputs } = synth();

  it('name the table and where to call', () => {
    const [[apiId] = []] = resourcesOf(template, 'AWS::ApiGateway::RestApi');
    const [[stageId] = []] = resourcesOf(template, 'AWS::ApiGateway::Stage');
    expect(outputs.TableName?.Value).toEqual({ Ref: 'Table' });
    expect(outputs.BaseUrl?.Value).toEqual({
      'Fn::Join': [
        '',
        [
          'https://',
          { Ref: apiId },
          '.execute-api.',
          { Ref: 'AWS::Region' },
          '.',
          { Ref: 'AWS::URLSuffix' },
          '/',
          { Ref: stageId },
        ],
      ],
    });
  });

  it('tell how to make the first admin', () => {
    const [id] = functionOf(template, 'bootstrap');
    const text = JSON.stringify(outputs.BootstrapCommand?.Value);
    expect(text).toContain(`aws lambda invoke --function-name ",{"Ref":"${id}"}`);
    expect(text).toContain("--payload '{}' /dev/stdout");
  });
});

describe('a domain', () => {
  const certificateArn = 'arn:aws:acm:eu-west-1:123456789012:certificate/abc';
  const { stack } = stackWith({ domain: { name: 'users.example.com', certificateArn } });
  const template = Template.fromStack(stack);

  it('leads to the stage, regional and with its TLS policy', () => {
    template.hasResourceProperties('AWS::ApiGateway::DomainName', {
      DomainName: 'users.example.com',
      EndpointConfiguration: { Types: ['REGIONAL'] },
      RegionalCertificateArn: certificateArn,
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
      EndpointAccessMode: 'STRICT',
    });
    const [[stageId] = []] = resourcesOf(template, 'AWS::ApiGateway::Stage');
    template.hasResourceProperties('AWS::ApiGateway::BasePathMapping', { Stage: { Ref: stageId } });
    template.hasOutput('BaseUrl', { Value: 'https://users.example.com' });
  });
});

it('traces from the gateway into every function where a stage wants it', () => {
  const template = Template.fromStack(stackWith({ traces: true }).stack);
  template.hasResourceProperties('AWS::ApiGateway::Stage', { TracingEnabled: true });
  template.allResourcesProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } });
  expect(JSON.stringify(synth().template.toJSON())).not.toMatch(/tracing|xray/i);
});

describe('a restored table', () => {
  const template = Template.fromStack(stackWith({ restoredTable: 'restored' }).stack);

  it('is what every function uses that asks one, and no other is made', () => {
    template.resourceCountIs('AWS::DynamoDB::Table', 0);
    const asking = [...routes, authorizer, bootstrap].filter(({ onTable }) => onTable.length > 0);
    for (const { entry } of asking) {
      const [, { Properties }] = functionOf(template, entry);
      expect(Properties.Environment.Variables.TABLE_NAME, entry).toBe('restored');
    }
    const policies = JSON.stringify(template.findResources('AWS::IAM::Role'));
    expect(policies).toContain(':table/restored"');
    expect(policies).toContain(':table/restored/index/gsi1"');
  });
});

it.each(['production', 'constructor', ''])(
  'there is no stage %j, and it says which there are',
  (stage) => {
    expect(() => synth({ stage })).toThrow(
      `There is no stage "${stage}": use one of dev, staging, prod.`,
    );
  },
);
