import middy from '@middy/core';
import jsonBodyParser from '@middy/http-json-body-parser';
import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import type * as v from 'valibot';
import { BailiwickError, type ErrorCode, invalid } from '../errors.ts';
import { describeError, log } from '../log.ts';
import type { Caller, Origin } from '../standing.ts';
import { type Answer, answerError, toProxyResult } from './answer.ts';
import { corsHeaders } from './cors.ts';
import type { ProxyEvent } from './event.ts';
import { parse } from './input.ts';
import { toPrincipal } from './principal.ts';

/** Largest body a function reads. */
const mostBodyBytes = 64 * 1024;

type Schema = v.GenericSchema;
type Optional = Schema | undefined;
type Output<S> = S extends Schema ? v.InferOutput<S> : undefined;

/** Input that has passed its schemas. */
interface Input<P, Q, B> {
  path: Output<P>;
  query: Output<Q>;
  body: Output<B>;
  event: ProxyEvent;
}

interface Schemas<P, Q, B> {
  /** Schemas of what the operation takes; without one it takes nothing there. */
  path?: P;
  query?: Q;
  body?: B;
  /** What a body that is not application/json is. */
  otherMediaType?: Taken['otherMediaType'];
}

interface Endpoint<P, Q, B> extends Schemas<P, Q, B> {
  handle: (request: Input<P, Q, B> & { caller: Caller }) => Promise<Answer>;
}

interface OpenEndpoint<P, Q, B> extends Schemas<P, Q, B> {
  handle: (request: Input<P, Q, B> & { origin: Origin }) => Promise<Answer>;
}

/** What an operation takes, as its handler checks it: the OpenAPI document is made of it. */
export interface Taken<P = Optional, Q = Optional, B = Optional> {
  path: P | undefined;
  query: Q | undefined;
  body: B | undefined;
  otherMediaType: 'unsupported_media_type' | 'invalid';
}

interface LambdaHandler<P, Q, B> {
  (event: ProxyEvent, context: Context): Promise<APIGatewayProxyResult>;
  schemas: Taken<P, Q, B>;
}

const decodePath = (parameters: ProxyEvent['pathParameters']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parameters ?? {}).map(([name, value = '']) => {
      try {
        return [name, decodeURIComponent(value)];
      } catch {
        throw invalid(`${name} in the path is not percent-encoded UTF-8: encode it once.`);
      }
    }),
  );

const singleQuery = (event: ProxyEvent): Record<string, string> => {
  const repeated = Object.entries(event.multiValueQueryStringParameters ?? {}).find(
    ([, values]) => (values?.length ?? 0) > 1,
  );
  if (repeated) throw invalid(`${repeated[0]} must be given once.`);
  return { ...event.queryStringParameters } as Record<string, string>;
};

/** A header's name is the same in any case, and API Gateway passes it in the client's. */
const lowerCaseHeaders = (event: ProxyEvent): void => {
  event.headers = Object.fromEntries(
    Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
};

const checkSize = ({ body }: ProxyEvent): void => {
  if (typeof body === 'string' && Buffer.byteLength(body) > mostBodyBytes) {
    throw new BailiwickError('too_large', 'The body is larger than 64 KB: send less at once.');
  }
};

/** The parser's refusals in our words. */
const toRefusal = (error: unknown, otherMediaType: ErrorCode): unknown => {
  const { statusCode } = error as { statusCode?: number };
  if (statusCode === 415) {
    return new BailiwickError(
      otherMediaType,
      'Send the body as JSON, with the header Content-Type: application/json.',
    );
  }
  if (statusCode !== 422) return error;
  return (error as Error).message.startsWith('Forbidden key')
    ? invalid('The body has a member __proto__, or a constructor with a prototype: leave it out.')
    : invalid('The body is not valid JSON.');
};

const requestIdOf = (event: ProxyEvent): string => {
  const own = event.headers?.['x-request-id'] ?? '';
  return /^[\x21-\x7e]{1,128}$/.test(own) ? own : event.requestContext.requestId;
};

/** Turns answers and errors into API Gateway's form and logs one line a request. */
const frame = (
  operation: string,
  otherMediaType: ErrorCode,
): middy.MiddlewareObj<ProxyEvent, Answer> => {
  const started = new WeakMap<object, number>();
  const finish = (request: middy.Request<ProxyEvent, unknown>, answer: Answer): void => {
    const { event, context } = request;
    const requestId = requestIdOf(event);
    const headers = { ...corsHeaders(event.headers?.origin), ...answer.headers };
    request.response = toProxyResult({ ...answer, headers }, requestId);
    log[answer.status >= 500 ? 'error' : 'info']('request', {
      operation,
      request_id: requestId,
      lambda_request_id: context.awsRequestId,
      user_id: event.requestContext.authorizer?.user_id,
      token_id: event.requestContext.authorizer?.token_id,
      status: answer.status,
      duration_ms: Math.round(performance.now() - (started.get(event) ?? 0)),
      ...(answer.status >= 500 && { error: describeError(request.error) }),
    });
  };
  return {
    before: ({ event }) => {
      started.set(event, performance.now());
      lowerCaseHeaders(event);
      checkSize(event);
    },
    after: (request) => finish(request, request.response as Answer),
    onError: (request) => finish(request, answerError(toRefusal(request.error, otherMediaType))),
  };
};

const originOf = (event: ProxyEvent): Origin => ({
  requestId: requestIdOf(event),
  sourceAddress: event.requestContext.identity.sourceIp,
});

/**
 * Makes the Lambda handler of an endpoint that needs no token, over the one middy stack: request id, size,
 * JSON, schemas, errors. `operation` is its name in the log.
 */
export const openEndpoint = <
  P extends Optional = undefined,
  Q extends Optional = undefined,
  B extends Optional = undefined,
>(
  operation: string,
  { path, query, body, otherMediaType = 'unsupported_media_type', handle }: OpenEndpoint<P, Q, B>,
): LambdaHandler<P, Q, B> => {
  const stack = middy<ProxyEvent, Answer>().use(frame(operation, otherMediaType));
  if (body) stack.use(jsonBodyParser() as middy.MiddlewareObj<ProxyEvent, Answer>);
  const handler = stack.handler(async (event) =>
    handle({
      origin: originOf(event),
      path: (path && parse(path, decodePath(event.pathParameters), 'The path')) as Output<P>,
      query: (query && parse(query, singleQuery(event), 'The query')) as Output<Q>,
      body: (body && parse(body, event.body, 'The body')) as Output<B>,
      event,
    }),
  );
  const schemas = { path, query, body, otherMediaType };
  return Object.assign(handler, { schemas }) as unknown as LambdaHandler<P, Q, B>;
};

/** The same for an endpoint behind the authorizer: with the principal that the token stands for. */
export const endpoint = <
  P extends Optional = undefined,
  Q extends Optional = undefined,
  B extends Optional = undefined,
>(
  operation: string,
  { handle, ...schemas }: Endpoint<P, Q, B>,
): LambdaHandler<P, Q, B> =>
  openEndpoint<P, Q, B>(operation, {
    ...schemas,
    handle: ({ origin, ...input }) =>
      handle({
        ...input,
        caller: { ...toPrincipal(input.event.requestContext.authorizer), ...origin },
      }),
  });
