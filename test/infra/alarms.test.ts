import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { functionOf, type Resource, resourcesOf, stackWith, synth } from './synth.ts';

const alarmTopicArn = 'arn:aws:sns:eu-west-1:123456789012:on-call';
const { template } = synth({ stage: 'prod' });
const told = Template.fromStack(stackWith({ alarms: true, alarmTopicArn }).stack);
const dev = synth().template;
const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm');
const filters = resourcesOf(template, 'AWS::Logs::MetricFilter').map(([, one]) => one.Properties);

/** The metrics that an alarm reads, each of which costs. */
const metricsOf = ({ Properties }: Resource): string[] =>
  (
    Properties.Metrics?.flatMap((one: { MetricStat?: { Metric: object } }) =>
      one.MetricStat ? [one.MetricStat.Metric] : [],
    ) ?? [Properties]
  ).map((one: Record<string, string>) => `${one.Namespace} ${one.MetricName}`);

const filtersOf = (metric: string) =>
  filters.filter(({ MetricTransformations: [one] }) => one.MetricName === metric);

const logGroupOf = (entry: string): string =>
  functionOf(template, entry)[1].Properties.LoggingConfig.LogGroup.Ref;

describe('the alarms', () => {
  it('are few, as each metric costs', () => {
    expect(alarms.flatMap(([, alarm]) => metricsOf(alarm)).sort()).toEqual([
      'AWS/ApiGateway 5XXError',
      'AWS/DynamoDB ReadThrottleEvents',
      'AWS/DynamoDB WriteThrottleEvents',
      'AWS/Lambda Throttles',
      'Bailiwick/prod AuthorizerErrors',
      'Bailiwick/prod FunctionErrors',
      'Bailiwick/prod LoginFailures',
    ]);
    expect(alarms).toHaveLength(6);
  });

  it.each(alarms)('%s takes silence for health, and says what it means', (_, { Properties }) => {
    expect(Properties).toMatchObject({
      TreatMissingData: 'notBreaching',
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      AlarmDescription: expect.stringMatching(/^Bailiwick prod: [A-Z].+\.$/),
    });
  });

  it('are about this API and this table', () => {
    const [[stageId] = []] = resourcesOf(template, 'AWS::ApiGateway::Stage');
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: '5XXError',
      Dimensions: [
        { Name: 'ApiName', Value: 'bailiwick-prod' },
        { Name: 'Stage', Value: { Ref: stageId } },
      ],
    });
    const throttles = alarms.find(([id]) => id.includes('TableThrottles'))?.[1].Properties.Metrics;
    const stats = throttles.filter((one: object) => 'MetricStat' in one);
    expect(stats).toHaveLength(2);
    for (const { MetricStat } of stats) {
      expect(MetricStat.Metric.Dimensions).toEqual([
        { Name: 'TableName', Value: { Ref: 'Table' } },
      ]);
    }
  });

  it('count the errors of every function, the authorizer by itself', () => {
    const groups = resourcesOf(template, 'AWS::Lambda::Function').map(
      ([, { Properties }]) => Properties.LoggingConfig.LogGroup.Ref as string,
    );
    const authorizer = logGroupOf('authorizer');
    const read = (metric: string) =>
      filtersOf(metric)
        .map((one) => one.LogGroupName.Ref)
        .sort();
    expect(read('AuthorizerErrors')).toEqual([authorizer]);
    expect(read('FunctionErrors')).toEqual(groups.filter((id) => id !== authorizer).sort());
    for (const { FilterPattern } of [
      ...filtersOf('AuthorizerErrors'),
      ...filtersOf('FunctionErrors'),
    ]) {
      expect(FilterPattern).toBe('{ $.level = "error" }');
    }
  });

  it('count logins that fail or wait, by the name the function logs', () => {
    expect(filtersOf('LoginFailures')).toMatchObject([
      {
        LogGroupName: { Ref: logGroupOf('sessions/create') },
        FilterPattern:
          '{ ($.operation = "sessions.create") && (($.status = 401) || ($.status = 429)) }',
      },
    ]);
    const source = join(import.meta.dirname, '../../functions/sessions/create.ts');
    expect(readFileSync(source, 'utf8')).toContain("openEndpoint('sessions.create'");
  });

  it('have metrics that cost nothing while nothing happens', () => {
    for (const { MetricTransformations } of filters) {
      expect(MetricTransformations).toEqual([expect.objectContaining({ MetricValue: '1' })]);
      expect(MetricTransformations[0]).not.toHaveProperty('DefaultValue');
    }
  });

  it('tell nobody unless a topic is given, then it, of their beginning and end', () => {
    for (const [, { Properties }] of alarms) expect(Properties).not.toHaveProperty('AlarmActions');
    told.allResourcesProperties('AWS::CloudWatch::Alarm', {
      AlarmActions: [alarmTopicArn],
      OKActions: [alarmTopicArn],
    });
    expect(resourcesOf(told, 'AWS::CloudWatch::Alarm')).toHaveLength(6);
  });
});

describe('in dev', () => {
  it('there are none, so that an idle stage costs nothing', () => {
    dev.resourceCountIs('AWS::CloudWatch::Alarm', 0);
    dev.resourceCountIs('AWS::Logs::MetricFilter', 0);
  });
});
