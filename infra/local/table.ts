import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  type KeySchemaElement,
  ResourceNotFoundException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { Problem } from './problem.ts';
import { ofType, region, type Template } from './template.ts';

const shapeOf = (keys: readonly KeySchemaElement[] | undefined): string =>
  (keys ?? []).map(({ AttributeName, KeyType }) => `${AttributeName} ${KeyType}`).join(', ');

/** Creates the template's table unless it is there. Throws a Problem when it is another one, or damaged. */
export const ensureTable = async (template: Template, endpoint: string, where: string) => {
  const [TableName, resource] = ofType(template, 'AWS::DynamoDB::Table')[0] ?? [];
  if (!TableName || !resource) throw new Error('The template has no table.');
  const wanted = resource.Properties;
  const client = new DynamoDBClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 2,
  });
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    if (shapeOf(Table?.KeySchema) !== shapeOf(wanted.KeySchema)) {
      throw new Problem(
        `The table in ${where} is of another version of Bailiwick: move the folder away, or set DATA_DIR to another.`,
      );
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (!(error instanceof ResourceNotFoundException)) {
      throw new Problem(
        `The table in ${where} cannot be read: the data is damaged. Restore the folder, or move it away to begin anew.`,
      );
    }
    const input: CreateTableCommandInput = {
      TableName,
      AttributeDefinitions: wanted.AttributeDefinitions,
      BillingMode: wanted.BillingMode,
      GlobalSecondaryIndexes: wanted.GlobalSecondaryIndexes,
      KeySchema: wanted.KeySchema,
    };
    await client.send(new CreateTableCommand(input));
    const TimeToLiveSpecification = wanted.TimeToLiveSpecification;
    if (TimeToLiveSpecification) {
      await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
    }
  } finally {
    client.destroy();
  }
};
