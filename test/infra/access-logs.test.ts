import { describe, expect, it } from 'vitest';
import { accessLogFields } from '../../infra/access-logs.ts';
import { stageOf } from '../../infra/stages.ts';
import { resourcesOf, synth } from './synth.ts';

// API Gateway developer guide, "Variables for access logging": those that are not the client's own words.
const safe = [
  ...['requestId', 'extendedRequestId', 'requestTimeEpoch', 'identity.sourceIp', 'httpMethod'],
  ...['resourcePath', 'status', 'error.responseType', 'responseLatency', 'responseLength'],
  ...['authorizer.status', 'authorizer.latency', 'authorizer.error', 'integration.status'],
  ...['integration.latency', 'integration.error', 'integration.requestId', 'tlsVersion'],
];

const settingsIn = (stage: string) => {
  const { template } = synth({ stage });
  const [[, found] = []] = resourcesOf(template, 'AWS::ApiGateway::Stage');
  return { template, setting: found?.Properties.AccessLogSetting };
};

it('log nothing that a token could stand in', () => {
  expect(safe).toEqual(expect.arrayContaining(Object.values(accessLogFields)));
});

describe('the access log', () => {
  const { template, setting } = settingsIn('prod');

  it('is a line of JSON a request, whatever has no value', () => {
    const format: string = setting.Format;
    expect(format).not.toContain('\n');
    const filled = format.replaceAll(/\$context\.[A-Za-z.]+/g, '-');
    expect(JSON.parse(filled)).toEqual(
      Object.fromEntries(Object.keys(accessLogFields).map((name) => [name, '-'])),
    );
    const variables = Array.from(format.matchAll(/\$([A-Za-z.]+)/g), ([, name]) => name);
    expect(variables).toEqual(Object.values(accessLogFields).map((name) => `context.${name}`));
  });

  it('goes to a group of its own that forgets', () => {
    const id: string = setting.DestinationArn['Fn::GetAtt'][0];
    const groups = new Map(resourcesOf(template, 'AWS::Logs::LogGroup'));
    expect(groups.get(id)?.Properties.RetentionInDays).toBe(stageOf('prod').logRetentionDays);
    const users = resourcesOf(template, 'AWS::Lambda::Function').filter(
      ([, { Properties }]) => Properties.LoggingConfig.LogGroup.Ref === id,
    );
    expect(users).toEqual([]);
  });

  it('makes no role for the whole account', () => {
    template.resourceCountIs('AWS::ApiGateway::Account', 0);
  });
});

describe('in dev', () => {
  const { template, setting } = settingsIn('dev');

  it('there is none, so that it needs no setting of the account', () => {
    expect(setting).toBeUndefined();
    const functions = resourcesOf(template, 'AWS::Lambda::Function');
    template.resourceCountIs('AWS::Logs::LogGroup', functions.length);
  });
});

it('is kept of every stage but dev', () => {
  expect(['dev', 'staging', 'prod'].filter((name) => stageOf(name).accessLogs)).toEqual([
    'staging',
    'prod',
  ]);
});
