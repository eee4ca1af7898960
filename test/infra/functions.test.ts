import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { authorizer, bootstrap, type FunctionSpec, pages, routes } from '../../infra/routes.ts';
import { functionOf, resourcesOf, synth } from './synth.ts';

const { template, folder } = synth();
const specs: FunctionSpec[] = [...routes, ...pages, authorizer, bootstrap];
const roles = new Map(resourcesOf(template, 'AWS::IAM::Role'));

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
}

const roleOf = (entry: string) => {
  const [, { Properties }] = functionOf(template, entry);
  return roles.get(Properties.Role['Fn::GetAtt'][0])?.Properties;
};

/** `<action> on <resource>` of all that a role allows. */
const allowed = (entry: string): string[] =>
  roleOf(entry)
    .Policies.flatMap((policy: { PolicyDocument: { Statement: Statement[] } }) =>
      policy.PolicyDocument.Statement.flatMap(({ Effect, Action, Resource }) =>
        [Action].flat().map((action) => `${Effect} ${action} on ${JSON.stringify(Resource)}`),
      ),
    )
    .sort();

const tableArn = { 'Fn::GetAtt': ['Table', 'Arn'] };
/** DynamoDB's, in whatever region and partition the stack is. */
const endpoint = {
  'Fn::Join': ['', ['https://dynamodb.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]],
};
const indexArn = { 'Fn::Join': ['', [tableArn, '/index/gsi1']] };

it('has one function for each spec', () => {
  template.resourceCountIs('AWS::Lambda::Function', specs.length);
});

describe.each(specs)('$entry', ({ entry, onTable, onIndex = [], hashes, logsIn }) => {
  const [, { Properties, Metadata }] = functionOf(template, entry);
  const logGroupId: string = Properties.LoggingConfig.LogGroup.Ref;

  it('may do to the table and its own log what it lists, and nothing else', () => {
    const logGroup = { 'Fn::GetAtt': [logGroupId, 'Arn'] };
    const expected = [
      ...onTable.map((action) => `Allow dynamodb:${action} on ${JSON.stringify(tableArn)}`),
      ...onIndex.map((action) => `Allow dynamodb:${action} on ${JSON.stringify(indexArn)}`),
      ...['logs:CreateLogStream', 'logs:PutLogEvents'].map(
        (action) => `Allow ${action} on ${JSON.stringify(logGroup)}`,
      ),
    ];
    expect(allowed(entry)).toEqual(expected.sort());
    expect(allowed(entry).join()).not.toContain('*');
  });

  it('has a role of its own, without managed policies', () => {
    expect(roleOf(entry).ManagedPolicyArns).toBeUndefined();
    const sharing = resourcesOf(template, 'AWS::Lambda::Function').filter(
      ([, other]) =>
        other.Properties.Role['Fn::GetAtt'][0] === Properties.Role['Fn::GetAtt'][0] ||
        other.Properties.LoggingConfig.LogGroup.Ref === logGroupId,
    );
    expect(sharing).toHaveLength(1);
  });

  it('logs to a group that forgets', () => {
    const groups = new Map(resourcesOf(template, 'AWS::Logs::LogGroup'));
    expect(groups.get(logGroupId)?.Properties.RetentionInDays).toBeGreaterThan(0);
  });

  it('runs its own bundle on Node 24 on arm64, within ten seconds', () => {
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Timeout: 10,
    });
    expect(Properties).not.toHaveProperty('FunctionName');
    expect(readdirSync(join(folder, Metadata?.['aws:asset:path'] ?? ''))).toEqual([
      'index.js',
      'index.js.map',
      'package.json',
      ...(entry === 'docs/script' ? ['redoc.js'] : []),
    ]);
  });

  it('is told only what it needs, and has a whole processor if it hashes passwords', () => {
    const asks = onTable.length > 0;
    expect(Properties.Environment.Variables).toEqual({
      STAGE: 'dev',
      ...(asks && { TABLE_NAME: { Ref: 'Table' }, TABLE_ENDPOINT: endpoint }),
      ...(hashes && { BCRYPT_COST: '12', PASSWORD_MIN_LENGTH: '8' }),
      ...(logsIn && { FAILED_LOGIN_MS: '0' }),
      ...(onTable.includes('PutItem') && { AUDIT_RETENTION_DAYS: '400' }),
    });
    const waits = onTable.includes('PutItem') || onIndex.length > 0 ? 768 : 512;
    expect(Properties.MemorySize).toBe(hashes ? 1769 : waits);
  });
});

it('attaches no policy beside the inline ones', () => {
  template.resourceCountIs('AWS::IAM::Policy', 0);
  template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
});
