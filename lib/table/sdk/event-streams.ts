/** Stands in for the SDK's event streams in the bundles: no operation of DynamoDB has one. */
throw new Error('DynamoDB has no event streams.');
