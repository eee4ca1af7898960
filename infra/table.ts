import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  type CfnTable,
  type ITable,
  ProjectionType,
  Table,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { Stage } from './stages.ts';

/** What the rest of the stack knows of its table. */
export type StackTable = Pick<ITable, 'tableArn' | 'tableName' | 'metric'>;

/** Name of the table's one index. */
export const indexName = 'gsi1';

/**
 * The one table, on demand, with recovery to any second of the last 35 days; or the one that was restored, which
 * the stack uses and does not own.
 */
export const createTable = (scope: Construct, { keepsData, restoredTable }: Stage): StackTable => {
  if (restoredTable) return Table.fromTableName(scope, 'RestoredTable', restoredTable);
  const table = new Table(scope, 'Table', {
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
};
