import { env } from 'node:process';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/** Without `info`, for which the SDK would make up a record of each request and its answer. */
const silent = { trace() {}, debug() {}, info: undefined, warn() {}, error() {} };

/** What the SDK would look for in files that Lambda does not have, at the first request of a cold start. */
const settled: DynamoDBClientConfig = {
  ...(env.AWS_REGION && { region: env.AWS_REGION }),
  ...(env.AWS_ENDPOINT_URL_DYNAMODB && { endpoint: env.AWS_ENDPOINT_URL_DYNAMODB }),
  ignoreConfiguredEndpointUrls: true,
  defaultsMode: 'legacy',
  retryMode: 'standard',
  accountIdEndpointMode: 'disabled',
  authSchemePreference: [],
  endpointDiscoveryEnabled: false,
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  userAgentAppId: '',
  disableClockSkewCorrection: false,
};

/**
 * The one client of the one table. Attempts and time-outs are set so that a failing table is
 * answered well inside a function's 10 s: the SDK's own defaults would wait for minutes. What can be settled
 * once is not settled for each request; the document client cannot, which is why it is not used. (A request with
 * options of its own, as the note of a key's use, has that done anew.)
 */
export const table = new DynamoDBClient({
  ...settled,
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 500, requestTimeout: 1500, throwOnRequestTimeout: true },
  cacheMiddleware: true,
  logger: silent as unknown as NonNullable<DynamoDBClientConfig['logger']>,
});
