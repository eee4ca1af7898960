import { describe, expect, it } from 'vitest';
import { stageOf } from '../../infra/stages.ts';
import { functionOf, resourcesOf, synth } from './synth.ts';

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

  it('throttles every method, and logins by themselves', () => {
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
  const { template, outputs } = synth({ domainName: 'users.example.com', certificateArn });

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
    expect(outputs.BaseUrl?.Value).toBe('https://users.example.com');
  });

  it('is refused without its certificate', () => {
    expect(() => synth({ domainName: 'users.example.com' })).toThrow(
      'A custom domain needs both -c domainName=… and -c certificateArn=….',
    );
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
