import type { APIGatewayProxyResult } from 'aws-lambda';
import { isBusy } from '../dynamodb/errors.ts';
import { BailiwickError, type ErrorCode, unavailable } from '../errors.ts';

/** What an endpoint answers. Without a body the answer is empty. */
export interface Answer {
  status: number;
  body?: object;
  /** Sent as it is in place of a body; its Content-Type is among the headers. */
  text?: string;
  headers?: Record<string, string>;
}

/** The only place where a reason becomes a status. */
const statusOf: Record<ErrorCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  wrong_credentials: 401,
  forbidden: 403,
  wrong_password: 403,
  not_found: 404,
  conflict: 409,
  too_many_failures: 429,
  too_large: 413,
  unsupported_media_type: 415,
  unavailable: 503,
};

/** What to come with instead (RFC 6750 section 3). API Gateway renames the header that carries it. */
const challengeOf: Partial<Record<ErrorCode, string>> = {
  unauthenticated: 'Bearer error="invalid_token"',
  wrong_credentials: 'Bearer',
};

/** Headers by which a client knows what to do next. */
const headersOf = ({ code, retryAfter }: BailiwickError): Record<string, string> => ({
  ...(challengeOf[code] && { 'WWW-Authenticate': challengeOf[code] }),
  ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
});

const toKnown = (error: unknown): BailiwickError | undefined =>
  error instanceof BailiwickError ? error : isBusy(error) ? unavailable(error) : undefined;

/** The status of an error within an answer that is none itself, as of one evaluation of many. */
export const statusOfError = ({ code }: BailiwickError): number => statusOf[code];

/** The answer to a failed request. What is not known becomes a blank 500: its cause is for the log. */
export const answerError = (error: unknown): Answer => {
  const known = toKnown(error);
  if (!known) {
    return { status: 500, body: { error: 'Something went wrong here: try again later.' } };
  }
  return {
    status: statusOf[known.code],
    body: { error: known.message },
    headers: headersOf(known),
  };
};

/** An answer in API Gateway's form, with the headers that every answer carries. */
export const toProxyResult = (answer: Answer, requestId: string): APIGatewayProxyResult => ({
  statusCode: answer.status,
  headers: {
    ...(answer.body && { 'Content-Type': 'application/json' }),
    'Cache-Control': 'no-store',
    // Whatever a browser takes it for, nothing in it runs, and no page holds it in a frame.
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
    'X-Content-Type-Options': 'nosniff',
    'X-Request-ID': requestId,
    ...answer.headers,
  },
  body: answer.body ? JSON.stringify(answer.body) : (answer.text ?? ''),
});
