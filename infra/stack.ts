import { rmSync } from 'node:fs';
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AuthorizationType,
  EndpointType,
  LambdaIntegration,
  ResourceBase,
  RestApi,
  SecurityPolicy,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AttributeType,
  BillingMode,
  type CfnTable,
  ProjectionType,
  Table,
} from 'aws-cdk-lib/aws-dynamodb';
import { DISABLE_ASSET_STAGING_CONTEXT } from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import { bundle } from './bundle.ts';
import { Endpoint, indexName } from './endpoint.ts';
import { addGatewayResponses } from './gateway-responses.ts';
import { addNotFound } from './not-found.ts';
import { authorizer, bootstrap, type FunctionSpec, routes } from './routes.ts';
import type { Stage } from './stages.ts';

/** The shape of a token: garbage is refused by the gateway, before any function is paid for. */
const tokenExpression =
  '^[Bb][Ee][Aa][Rr][Ee][Rr] +bw_[A-Za-z0-9_-]{1,684}\\.[0-9A-Za-z]{20}\\.[0-9A-Za-z]{49}$';

interface BailiwickStackProps extends StackProps {
  stage: Stage;
  /** A name of one's own for the API; needs a certificate for it in the same region. */
  domain?: { name: string; certificateArn: string } | undefined;
}

/** `users/set-password` as a construct id: `UsersSetPassword`. */
const idOf = (entry: string): string =>
  entry.replace(/(?:^|[/-])([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** All of one stage: the table, the functions and the API before them. */
export class BailiwickStack extends Stack {
  constructor(scope: Construct, id: string, { stage, domain, ...props }: BailiwickStackProps) {
    super(scope, id, { ...props, terminationProtection: stage.keepsData });
    const table = this.#table(stage);
    const bundles = bundle([...routes, authorizer, bootstrap].map(({ entry }) => entry));
    const endpoint = (spec: FunctionSpec) =>
      new Endpoint(this, idOf(spec.entry), { spec, stage, table, bundles });

    const api = this.#api(stage, domain);
    addGatewayResponses(api);
    const tokenAuthorizer = new TokenAuthorizer(this, 'TokenAuthorizer', {
      handler: endpoint(authorizer).handler,
      validationRegex: tokenExpression,
      resultsCacheTtl: Duration.minutes(5),
    });
    for (const route of routes) {
      const integration = new LambdaIntegration(endpoint(route).handler, {
        // A second less than the function's own time, so that a slow one is a 504 and not a crash.
        timeout: Duration.seconds(9),
        // Only the deployed stage may invoke, not the console's test button.
        allowTestInvoke: false,
      });
      api.root
        .resourceForPath(route.path)
        .addMethod(
          route.method,
          integration,
          route.open
            ? { authorizationType: AuthorizationType.NONE }
            : { authorizer: tokenAuthorizer, authorizationType: AuthorizationType.CUSTOM },
        );
    }
    api.root.addResource('{proxy+}');
    for (const resource of api.root.node.findAll()) {
      if (resource instanceof ResourceBase) addNotFound(resource);
    }

    const bootstrapFunction = endpoint(bootstrap).handler.functionName;
    // The assembly has its own copy by now, unless it was told to do without.
    if (!this.node.tryGetContext(DISABLE_ASSET_STAGING_CONTEXT)) {
      rmSync(bundles, { recursive: true });
    }
    new CfnOutput(this, 'BaseUrl', {
      value: domain ? `https://${domain.name}` : api.url.replace(/\/$/, ''),
    });
    new CfnOutput(this, 'BootstrapCommand', {
      description: 'Makes the first admin, or takes it back, and prints its token once',
      value: [
        `aws lambda invoke --function-name ${bootstrapFunction} --region ${this.region}`,
        `--cli-binary-format raw-in-base64-out --payload '{}' /dev/stdout`,
      ].join(' '),
    });
    new CfnOutput(this, 'TableName', { value: table.tableName });
  }

  #table({ keepsData }: Stage): Table {
    const table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'ttl',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: keepsData,
      removalPolicy: keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    // A moved construct must not mean a new, empty table.
    (table.node.defaultChild as CfnTable).overrideLogicalId('Table');
    table.addGlobalSecondaryIndex({
      indexName,
      partitionKey: { name: 'gsi1pk', type: AttributeType.STRING },
      sortKey: { name: 'gsi1sk', type: AttributeType.STRING },
      // No hash of a password leaves the main table.
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ['username', 'user_id', 'types'],
    });
    return table;
  }

  #api(stage: Stage, domain: BailiwickStackProps['domain']): RestApi {
    return new RestApi(this, 'Api', {
      restApiName: `bailiwick-${stage.name}`,
      endpointTypes: [EndpointType.REGIONAL],
      // The role would be account-wide and outlive the stack.
      cloudWatchRole: false,
      deployOptions: {
        stageName: stage.name,
        throttlingRateLimit: stage.throttle.rate,
        throttlingBurstLimit: stage.throttle.burst,
      },
      ...(domain && {
        domainName: {
          domainName: domain.name,
          certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
          endpointType: EndpointType.REGIONAL,
          securityPolicy: SecurityPolicy.TLS_1_2,
        },
      }),
    });
  }
}
