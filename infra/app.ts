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
  },
});
const stage = stageOf(app.node.tryGetContext('stage') ?? 'dev');
const name = app.node.tryGetContext('domainName');
const certificateArn = app.node.tryGetContext('certificateArn');
if (Boolean(name) !== Boolean(certificateArn)) {
  throw new Error('A custom domain needs both -c domainName=… and -c certificateArn=….');
}
new BailiwickStack(app, `bailiwick-${stage.name}`, {
  stage,
  domain: name && { name, certificateArn },
  description: `Bailiwick ${stage.name}: users, API keys and permissions`,
});
