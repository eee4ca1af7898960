import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { sentences } from './sentences.ts';

/** Header values are API Gateway's expressions: quoted text, or a variable. */
export const commonHeaders = {
  'Cache-Control': "'no-store'",
  'Content-Type': "'application/json'",
  'Strict-Transport-Security': "'max-age=63072000; includeSubDomains'",
  'X-Content-Type-Options': "'nosniff'",
  'X-Request-ID': 'context.requestId',
};

interface GatewayAnswer {
  type: ResponseType;
  status?: number;
  /** Without one the gateway's own message is the sentence. */
  error?: string;
  headers?: Record<string, string>;
}

const retryAfter = { 'Retry-After': "'1'" };
const challenge = { 'WWW-Authenticate': "'Bearer'" };
const { crashed, noToken, noSuchOperation } = sentences;

const unchecked = {
  status: 503,
  error: sentences.unchecked,
  headers: retryAfter,
};

/**
 * What the gateway says when it answers itself. Every 5XX type has its own status, so that the status of
 * DEFAULT_5XX is only that of a crashed or timed-out function.
 */
const gatewayAnswers: readonly GatewayAnswer[] = [
  { type: ResponseType.DEFAULT_4XX },
  { type: ResponseType.DEFAULT_5XX, status: 500, error: crashed },
  { type: ResponseType.API_CONFIGURATION_ERROR, status: 500, error: crashed },
  // Which of the two a throwing authorizer is, AWS's own documents do not agree on.
  { type: ResponseType.AUTHORIZER_CONFIGURATION_ERROR, ...unchecked },
  { type: ResponseType.AUTHORIZER_FAILURE, ...unchecked },
  {
    type: ResponseType.INTEGRATION_FAILURE,
    status: 504,
    error: 'The service did not answer: try again in a second.',
    headers: retryAfter,
  },
  {
    type: ResponseType.INTEGRATION_TIMEOUT,
    status: 504,
    error: sentences.late,
    headers: retryAfter,
  },
  {
    type: ResponseType.UNAUTHORIZED,
    status: 401,
    error: noToken,
    headers: challenge,
  },
  // These three speak of AWS signatures and API Gateway's own keys, which nobody needs here.
  { type: ResponseType.EXPIRED_TOKEN, status: 401, error: noToken, headers: challenge },
  { type: ResponseType.INVALID_API_KEY, status: 401, error: noToken, headers: challenge },
  { type: ResponseType.INVALID_SIGNATURE, status: 401, error: noToken, headers: challenge },
  {
    type: ResponseType.ACCESS_DENIED,
    status: 403,
    error: 'This token may not call this API: use one that was made for it.',
  },
  {
    type: ResponseType.WAF_FILTERED,
    status: 403,
    error: 'A firewall refused this request: ask whoever runs this service.',
  },
  { type: ResponseType.MISSING_AUTHENTICATION_TOKEN, status: 404, error: noSuchOperation },
  { type: ResponseType.RESOURCE_NOT_FOUND, status: 404, error: noSuchOperation },
  {
    type: ResponseType.THROTTLED,
    status: 429,
    error: sentences.throttled,
    headers: retryAfter,
  },
  {
    type: ResponseType.QUOTA_EXCEEDED,
    status: 429,
    error: 'The quota of requests is used up: try again in an hour.',
    headers: { 'Retry-After': "'3600'" },
  },
  {
    type: ResponseType.BAD_REQUEST_BODY,
    status: 400,
    error: 'The body is not what this operation takes: correct it and try again.',
  },
  {
    type: ResponseType.BAD_REQUEST_PARAMETERS,
    status: 400,
    error: 'A parameter is missing or wrong: correct the path, query or headers and try again.',
  },
  {
    type: ResponseType.REQUEST_TOO_LARGE,
    status: 413,
    error: 'The body is too large: send at most 64 KB.',
  },
  // Only a mock can be at a loss for a media type, and mocks stand where there is no operation.
  { type: ResponseType.UNSUPPORTED_MEDIA_TYPE, status: 404, error: noSuchOperation },
];

/**
 * Declares every gateway response, so that each answer is `{"error": "<one sentence>"}`.
 *
 * @param more headers that each carries besides
 */
export const addGatewayResponses = (api: RestApi, more: Record<string, string>): void => {
  for (const { type, status, error, headers } of gatewayAnswers) {
    api.addGatewayResponse(type.responseType, {
      type,
      ...(status && { statusCode: String(status) }),
      responseHeaders: { ...commonHeaders, ...more, ...headers },
      templates: {
        // `messageString` comes with its quotes.
        'application/json': error
          ? JSON.stringify({ error })
          : '{"error":$context.error.messageString}',
      },
    });
  }
};
