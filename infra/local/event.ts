import type { IncomingMessage } from 'node:http';
import type { Identity } from './authorizer.ts';
import type { Match } from './routes.ts';
import { account } from './template.ts';

const lastOf = (multi: Record<string, string[]>): Record<string, string> =>
  Object.fromEntries(Object.entries(multi).map(([name, values]) => [name, values.at(-1) ?? '']));

const orNull = <T extends object>(value: T): T | null =>
  Object.keys(value).length > 0 ? value : null;

/** Query parameters, decoded, with all their values. */
const readQuery = (query: string): Record<string, string[]> => {
  const parameters: Record<string, string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(query)) {
    parameters[name] = [...(parameters[name] ?? []), value];
  }
  return parameters;
};

/** Headers in the case that the client wrote them in, with all their values. */
const readHeaders = (rawHeaders: readonly string[]): Record<string, string[]> => {
  const headers: Record<string, string[]> = Object.create(null);
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    headers[name] = [...(headers[name] ?? []), rawHeaders[index + 1] ?? ''];
  }
  return headers;
};

/** A request as the gateway has read it. */
export interface GatewayRequest {
  http: IncomingMessage;
  method: string;
  /** percent-encoded, without the query */
  path: string;
  query: string;
  body: string;
  requestId: string;
}

/**
 * The event of a REST API's Lambda proxy integration (developer guide, "Input format of a Lambda function
 * for proxy integration"): path and path parameters as the client encoded them, the query decoded.
 */
export const toProxyEvent = (
  { http, method, path, query, body, requestId }: GatewayRequest,
  { method: matched, pathParameters }: Match,
  identity: Identity | undefined,
  api: { id: string; stage: string },
) => {
  const sourceIp = http.socket.remoteAddress ?? '127.0.0.1';
  const multiValueHeaders = {
    ...readHeaders(http.rawHeaders),
    'X-Forwarded-For': [sourceIp],
    'X-Forwarded-Port': [String(http.socket.localPort)],
    'X-Forwarded-Proto': ['http'],
  };
  const multiValueQuery = readQuery(query);
  const now = new Date();
  return {
    resource: matched.resourcePath,
    path,
    httpMethod: method,
    headers: lastOf(multiValueHeaders),
    multiValueHeaders,
    queryStringParameters: orNull(lastOf(multiValueQuery)),
    multiValueQueryStringParameters: orNull(multiValueQuery),
    pathParameters,
    stageVariables: null,
    requestContext: {
      accountId: account,
      apiId: api.id,
      ...(identity && { authorizer: identity }),
      domainName: http.headers.host ?? '',
      domainPrefix: '',
      extendedRequestId: requestId,
      httpMethod: method,
      identity: { sourceIp, userAgent: http.headers['user-agent'] ?? null },
      path,
      protocol: `HTTP/${http.httpVersion}`,
      requestId,
      requestTime: now.toISOString(),
      requestTimeEpoch: now.getTime(),
      resourcePath: matched.resourcePath,
      stage: api.stage,
    },
    body: body === '' ? null : body,
    isBase64Encoded: false,
  };
};
