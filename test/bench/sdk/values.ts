// lib/dynamodb/values.ts by AWS's SDK.
import { marshall as marshallBySdk } from '@aws-sdk/util-dynamodb';

export { unmarshall } from '@aws-sdk/util-dynamodb';

export const marshall = (values: object) => marshallBySdk(values, { removeUndefinedValues: true });
