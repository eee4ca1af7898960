import { env } from 'node:process';
import { App } from 'aws-cdk-lib';
import { BailiwickStack } from './stack.ts';
import { stageOf } from './stages.ts';

const app = new App({
  analyticsReporting: false,
  postCliContext: {
    // The local stack finds a function's bundle by this; the CLI would set it, `node infra/app.ts` not.
    'aws:cdk:enable-asset-metadata': true,
    // Else a changed authorizer is never deployed: API Gateway serves a snapshot of the API.
    '@aws-cdk/aws-apigateway:authorizerChangeDeploymentLogicalId': true,
    // What CloudFormation would refuse is an error here, not a warning.
    '@aws-cdk/core:validateAgainstDefaultRules': true,
  },
});
const stage = stageOf(app.node.tryGetContext('stage') ?? 'dev');
new BailiwickStack(app, `bailiwick-${stage.name}`, {
  stage,
  description: `Bailiwick ${stage.name}: users, API keys and permissions`,
});
// CDK's own switch, which takes its checks of the template out too: they are most of a synthesis's time.
if (env.CDK_VALIDATION !== 'false') {
  const { addGate } = await import('./gate.ts');
  addGate(app);
}
