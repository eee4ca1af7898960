import { AccessLogFormat, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import { createLogGroup } from './logs.ts';
import type { Stage } from './stages.ts';

/**
 * What is logged of each request, from the variables of API Gateway's `$context`. No header, query, body or
 * path as the client sent it: a token could stand in any of them. All are texts, since one that has no
 * value is written as `-`.
 */
export const accessLogFields: Record<string, string> = {
  request_id: 'requestId',
  // The one above can be set by the client, this one not.
  extended_request_id: 'extendedRequestId',
  time: 'requestTimeEpoch',
  ip: 'identity.sourceIp',
  method: 'httpMethod',
  resource_path: 'resourcePath',
  status: 'status',
  gateway_response: 'error.responseType',
  latency_ms: 'responseLatency',
  response_bytes: 'responseLength',
  authorizer_status: 'authorizer.status',
  authorizer_latency_ms: 'authorizer.latency',
  authorizer_error: 'authorizer.error',
  integration_status: 'integration.status',
  integration_latency_ms: 'integration.latency',
  integration_error: 'integration.error',
  // Stands as `lambda_request_id` in the function's own log.
  integration_request_id: 'integration.requestId',
  tls_version: 'tlsVersion',
};

/** Options of the API's stage that log each request as a line of JSON, to a group of its own. */
export const accessLogsOf = (scope: Construct, stage: Stage) =>
  stage.accessLogs && {
    accessLogDestination: new LogGroupLogDestination(createLogGroup(scope, 'AccessLogs', stage)),
    accessLogFormat: AccessLogFormat.custom(
      JSON.stringify(
        Object.fromEntries(
          Object.entries(accessLogFields).map(([name, variable]) => [name, `$context.${variable}`]),
        ),
      ),
    ),
  };
