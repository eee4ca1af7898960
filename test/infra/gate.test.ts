import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { acknowledge } from '../../infra/acknowledge.ts';
import { addGate } from '../../infra/gate.ts';
import { type Stage, stageOf } from '../../infra/stages.ts';
import { stackWith, synth } from './synth.ts';

interface Violation {
  ruleName: string;
  violatingConstructs: { constructPath: string }[];
  /** Of acknowledged ones. */
  acknowledgedAt: string;
  reason: string;
}

const readJson = (folder: string, file: string) =>
  JSON.parse(readFileSync(join(folder, file), 'utf8'));

/** Every acknowledgement in the construct tree, whether or not it has a finding. */
const acknowledgedIn = (folder: string, stage: string): string[] => {
  const metadata: Record<string, { type: string; data: Record<string, string> }[]> = readJson(
    folder,
    `bailiwick-${stage}.metadata.json`,
  );
  return Object.entries(metadata).flatMap(([path, entries]) =>
    entries
      .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
      .flatMap(({ data }) => Object.keys(data).map((id) => `${id} at ${path.slice(1)}`)),
  );
};

describe.each(['dev', 'staging', 'prod'])('the stage %s', (stage) => {
  const { folder } = synth({ stage }, { validated: true });
  const { pluginReports } = readJson(folder, 'validation-report.json');
  const report = pluginReports.find(
    (one: { pluginName: string }) => one.pluginName === 'AwsSolutions',
  );
  const acknowledged: Violation[] = report.suppressedViolations;

  it('has no finding left', () => {
    expect(report).toMatchObject({ conclusion: 'success', violations: [] });
  });

  it('has a reason for every finding it keeps, at the very construct that has it', () => {
    expect(acknowledged.length).toBeGreaterThan(0);
    for (const { reason, violatingConstructs, acknowledgedAt } of acknowledged) {
      expect(reason).toMatch(/^[A-Z].{20,}\.$/);
      // A construct of CDK holds its one resource of CloudFormation as `Resource`.
      const own = [acknowledgedAt, `${acknowledgedAt}/Resource`];
      expect(violatingConstructs).toHaveLength(1);
      expect(own).toContain(violatingConstructs[0]?.constructPath);
    }
  });

  it('acknowledges nothing that is not found', () => {
    const found = acknowledged.map(
      (one) => `AwsSolutions::${one.ruleName} at ${one.acknowledgedAt}`,
    );
    expect(acknowledgedIn(folder, stage).sort()).toEqual(found.sort());
  });
});

describe('the gate', () => {
  const gated = (add: (stack: Stack) => void, settings: Partial<Stage> = {}) => {
    const { app, stack } = stackWith(settings);
    add(stack);
    addGate(app);
    return () => app.synth();
  };
  const nothing = gated(() => {});
  const everything = gated(() => {}, {
    ...stageOf('prod'),
    traces: true,
    allowedOrigins: ['https://a.example.com', 'https://b.example.com'],
    alarmTopicArn: 'arn:aws:sns:eu-west-1:123456789012:on-call',
    domain: {
      name: 'users.example.com',
      certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/abc',
    },
  });
  const bucket = gated((stack) => new CfnBucket(stack, 'Bad'));
  const addStage = (stack: Stack) =>
    new CfnStage(stack, 'Bad', {
      ...{ restApiId: 'a', deploymentId: 'b', stageName: 'c' },
      accessLogSetting: { destinationArn: 'd', format: '$context.requestId' },
      methodSettings: [{ httpMethod: '*', resourcePath: '/*', loggingLevel: 'ERROR' }],
    });
  const stage = gated(addStage);
  const above = gated((stack) => {
    addStage(stack);
    acknowledge(stack.node.findChild('Table'), { APIG3: 'This stands somewhere else.' });
  });
  const acknowledged = gated((stack) => acknowledge(addStage(stack), { APIG3: 'It is a test.' }));

  it('lets the stack pass as it is', () => {
    expect(nothing).not.toThrow();
    expect(everything).not.toThrow();
  });

  it('stops what is found', () => {
    expect(bucket).toThrow(/bailiwick-test\/Bad[\s\S]*AwsSolutions-S1\b/);
  });

  it('stops what is only a warning', () => {
    expect(stage).toThrow(/bailiwick-test\/Bad[\s\S]*AwsSolutions-APIG3\b/);
    expect(above).toThrow('AwsSolutions-APIG3');
  });

  it('lets pass what is acknowledged', () => {
    expect(acknowledged).not.toThrow();
  });
});
