import { rmSync } from 'node:fs';
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AuthorizationType,
  LambdaIntegration,
  ResourceBase,
  type RestApi,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import { DISABLE_ASSET_STAGING_CONTEXT } from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { Alarms } from './alarms.ts';
import { createApi } from './api.ts';
import { bundle } from './bundle.ts';
import { addPreflight, gatewayCorsHeaders } from './cors.ts';
import { Dashboard } from './dashboard.ts';
import { Endpoint } from './endpoint.ts';
import { addGatewayResponses } from './gateway-responses.ts';
import { addNotFound } from './not-found.ts';
import { authorizer, bootstrap, type FunctionSpec, pages, type Route, routes } from './routes.ts';
import type { Stage } from './stages.ts';
import { createTable } from './table.ts';

/** The shape of a token: garbage is refused by the gateway, before any function is paid for. */
const tokenExpression =
  '^[Bb][Ee][Aa][Rr][Ee][Rr] +bw_[A-Za-z0-9_-]{1,684}\\.[0-9A-Za-z]{20}\\.[0-9A-Za-z]{49}$';

interface BailiwickStackProps extends StackProps {
  stage: Stage;
}

/** `users/set-password` as a construct id: `UsersSetPassword`. */
const idOf = (entry: string): string =>
  entry.replace(/(?:^|[/-])([a-z])/g, (_, letter: string) => letter.toUpperCase());

const addRoute = (
  api: RestApi,
  { method, path, open }: Route,
  { handler }: Endpoint,
  tokenAuthorizer: TokenAuthorizer,
): void => {
  const integration = new LambdaIntegration(handler, {
    // A second less than the function's own time, so that a slow one is a 504 and not a crash.
    timeout: Duration.seconds(9),
    // Only the deployed stage may invoke, not the console's test button.
    allowTestInvoke: false,
  });
  const added = api.root
    .resourceForPath(path)
    .addMethod(
      method,
      integration,
      open
        ? { authorizationType: AuthorizationType.NONE }
        : { authorizer: tokenAuthorizer, authorizationType: AuthorizationType.CUSTOM },
    );
  acknowledge(
    added,
    open
      ? { APIG4: open, COG4: open }
      : { COG4: 'Tokens are checked by its own authorizer: it is what Cognito would be here.' },
  );
};

/** All of one stage: the table, the functions and the API before them. */
export class BailiwickStack extends Stack {
  constructor(scope: Construct, id: string, { stage, ...props }: BailiwickStackProps) {
    super(scope, id, { ...props, terminationProtection: stage.keepsData });
    const table = createTable(this, stage);
    const answering = [...routes, ...pages];
    const bundles = bundle([...answering, authorizer, bootstrap].map(({ entry }) => entry)).folder;
    const endpoint = (spec: FunctionSpec) =>
      new Endpoint(this, idOf(spec.entry), { spec, stage, table, bundles });

    const api = createApi(this, stage);
    const corsHeaders = gatewayCorsHeaders(stage);
    addGatewayResponses(api, corsHeaders);
    const authorizerEndpoint = endpoint(authorizer);
    const tokenAuthorizer = new TokenAuthorizer(this, 'TokenAuthorizer', {
      handler: authorizerEndpoint.handler,
      validationRegex: tokenExpression,
      resultsCacheTtl: Duration.minutes(5),
    });
    const endpoints = new Map<string, Endpoint>();
    for (const route of answering) {
      const added = endpoint(route);
      endpoints.set(route.entry, added);
      addRoute(api, route, added, tokenAuthorizer);
    }
    api.root.addResource('{proxy+}');
    for (const resource of api.root.node.findAll()) {
      if (!(resource instanceof ResourceBase)) continue;
      addNotFound(resource, corsHeaders);
      addPreflight(resource, stage);
    }

    const bootstrapEndpoint = endpoint(bootstrap);
    // The assembly has its own copy by now, unless it was told to do without.
    if (!this.node.tryGetContext(DISABLE_ASSET_STAGING_CONTEXT)) {
      rmSync(bundles, { recursive: true });
    }
    if (stage.alarms) {
      const functions = new Map([...endpoints, [bootstrap.entry, bootstrapEndpoint]]);
      const alarms = new Alarms(this, 'Alarms', {
        ...{ stage, api, table, authorizer: authorizerEndpoint, functions },
      });
      new Dashboard(this, 'Dashboard', {
        ...{ stage, api, table, alarms },
        functions: new Map([[authorizer.entry, authorizerEndpoint], ...functions]),
      });
    }
    new CfnOutput(this, 'BaseUrl', {
      value: stage.domain ? `https://${stage.domain.name}` : api.url.replace(/\/$/, ''),
    });
    new CfnOutput(this, 'BootstrapCommand', {
      description: 'Makes the first admin, or takes it back, and prints its token once',
      value: [
        `aws lambda invoke --function-name ${bootstrapEndpoint.handler.functionName}`,
        `--region ${this.region} --cli-binary-format raw-in-base64-out --payload '{}' /dev/stdout`,
      ].join(' '),
    });
    new CfnOutput(this, 'TableName', { value: table.tableName });
  }
}
