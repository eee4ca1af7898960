import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import {
  Effect,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionSpec, TableAction } from './routes.ts';
import type { Stage } from './stages.ts';

/** Name of the table's one index. */
export const indexName = 'gsi1';

interface EndpointProps {
  spec: FunctionSpec;
  stage: Stage;
  table: Table;
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

/** One function with its log group and a role that may do what its spec lists and nothing else. */
export class Endpoint extends Construct {
  readonly handler: LambdaFunction;

  constructor(scope: Construct, id: string, { spec, stage, table, bundles }: EndpointProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: stage.logRetentionDays,
      removalPolicy: stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
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
              resources: [logGroup.logGroupArn],
            }),
          ],
        }),
      },
    });
    this.handler = new LambdaFunction(this, 'Function', {
      description: `Bailiwick ${stage.name}: ${spec.entry}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(`${bundles}/${spec.entry}`),
      memorySize: spec.hashes ? 1769 : 512,
      timeout: Duration.seconds(10),
      role,
      logGroup,
      environment: {
        STAGE: stage.name,
        TABLE_NAME: table.tableName,
        ...(spec.hashes && {
          BCRYPT_COST: String(stage.bcryptCost),
          PASSWORD_MIN_LENGTH: String(stage.passwordMinLength),
        }),
        // Whoever puts anything puts an audit event beside it.
        ...(spec.onTable.includes('PutItem') && {
          AUDIT_RETENTION_DAYS: String(stage.auditRetentionDays),
        }),
      },
    });
  }
}
