import { Aws, Duration } from 'aws-cdk-lib';
import {
  Effect,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { createLogGroup } from './logs.ts';
import type { FunctionSpec, TableAction } from './routes.ts';
import type { Stage } from './stages.ts';
import { indexName, type StackTable } from './table.ts';

interface EndpointProps {
  spec: FunctionSpec;
  stage: Stage;
  table: StackTable;
  /** Where `bundle` put the functions. */
  bundles: string;
}

const allow = (actions: readonly TableAction[] | undefined, resource: string): PolicyStatement[] =>
  actions?.length
    ? [
        new PolicyStatement({
          effect: Effect.ALLOW,
          actions: actions.map((action) => `dynamodb:${action}`),
          resources: [resource],
        }),
      ]
    : [];

/**
 * Lambda gives a share of a processor in proportion to memory, a whole one at 1,769 MB; the processor time of
 * a call costs the same at any memory below, waiting for the table costs by memory. So each gets the least at
 * which the smaller share adds little more than the table takes, some 5 ms: what hashes gets a whole
 * processor, what writes or asks all shards (3 to 6 ms of it) a little more than what reads (1 to 3 ms).
 * `npm run bench` measures the times and reckons the prices.
 */
const memoryMbOf = ({ hashes, onTable, onIndex }: FunctionSpec): number =>
  hashes ? 1769 : onTable.includes('PutItem') || onIndex ? 768 : 512;

/** One function with its log group and a role that may do what its spec lists and nothing else. */
export class Endpoint extends Construct {
  readonly handler: LambdaFunction;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, { spec, stage, table, bundles }: EndpointProps) {
    super(scope, id);
    this.logGroup = createLogGroup(this, 'Logs', stage);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        least: new PolicyDocument({
          statements: [
            ...allow(spec.onTable, table.tableArn),
            ...allow(spec.onIndex, `${table.tableArn}/index/${indexName}`),
            // The group's ARN ends in `:*`, which stands for its streams.
            new PolicyStatement({
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              resources: [this.logGroup.logGroupArn],
            }),
          ],
        }),
      },
    });
    const asks = spec.onTable.length > 0;
    this.handler = new LambdaFunction(this, 'Function', {
      description: `Bailiwick ${stage.name}: ${spec.entry}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(`${bundles}/${spec.entry}`),
      memorySize: memoryMbOf(spec),
      timeout: Duration.seconds(10),
      role,
      logGroup: this.logGroup,
      ...(stage.traces && { tracing: Tracing.ACTIVE }),
      environment: {
        STAGE: stage.name,
        ...(asks && {
          TABLE_NAME: table.tableName,
          TABLE_ENDPOINT: `https://dynamodb.${Aws.REGION}.${Aws.URL_SUFFIX}`,
        }),
        ...(spec.hashes && {
          BCRYPT_COST: String(stage.bcryptCost),
          PASSWORD_MIN_LENGTH: String(stage.passwordMinLength),
        }),
        ...(spec.logsIn && { FAILED_LOGIN_MS: String(stage.failedLoginMs) }),
        // Whoever puts anything puts an audit event beside it.
        ...(spec.onTable.includes('PutItem') && {
          AUDIT_RETENTION_DAYS: String(stage.auditRetentionDays),
        }),
        // Who answers a browser has to say which sites may read it.
        ...('method' in spec &&
          stage.allowedOrigins.length > 0 && { ALLOWED_ORIGINS: stage.allowedOrigins.join(' ') }),
      },
    });
    if (stage.traces) {
      acknowledge(role.node.findChild('DefaultPolicy'), {
        'IAM5[Resource::*]': 'CDK lets it write traces, which are no resources of their own.',
      });
    }
  }
}
