import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Identity, readAuthorizers } from './authorizer.ts';
import { compress, type EncodedAnswer } from './compression.ts';
import { type GatewayRequest, toProxyEvent } from './event.ts';
import { functionIdOf } from './functions.ts';
import { createGatewayResponses, type GatewayError, type HttpAnswer } from './gateway-responses.ts';
import type { Invoker } from './invoker.ts';
import { toHttpAnswer } from './lambda-response.ts';
import { answerMock } from './mock.ts';
import { createRouter, type Match, readMethods } from './routes.ts';
import { account, ofType, region, type Template } from './template.ts';
import { createThrottle } from './throttle.ts';

/** API Gateway's own limits (developer guide, "Quotas"). */
const mostBodyBytes = 10 * 1024 * 1024;
const mostHeaderBytes = 10_240;
const mostIntegrationMs = 29_000;

/** Refusal of a request, which the template's gateway responses give their words. */
class Refusal extends Error {
  readonly error: GatewayError;
  constructor(type: string, message: string) {
    super(message);
    this.error = { type, message };
  }
}

const readBody = async (http: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of http) {
    bytes += chunk.length;
    if (bytes <= mostBodyBytes) chunks.push(chunk);
  }
  if (bytes > mostBodyBytes) throw new Refusal('REQUEST_TOO_LARGE', 'Request Too Long');
  return Buffer.concat(chunks).toString();
};

const crash = new Refusal('DEFAULT_5XX', 'Internal server error');

/** Runs a proxy integration within its time limit. */
const invokeWithin = async (invoker: Invoker, { integration }: Match['method'], event: object) => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const refuse = () => reject(new Refusal('INTEGRATION_TIMEOUT', 'Endpoint request timed out'));
    timer = setTimeout(refuse, integration.TimeoutInMillis ?? mostIntegrationMs);
  });
  const invocation = invoker.invoke(functionIdOf(integration.Uri), event).catch(() => {
    throw crash;
  });
  return Promise.race([invocation, late]).finally(() => clearTimeout(timer));
};

/** Handles requests as the template's REST API would: route, throttle, authorize, integrate. */
const createHandler = (template: Template, invoker: Invoker) => {
  const route = createRouter(readMethods(template));
  const authorizers = readAuthorizers(template, invoker);
  const mayPass = createThrottle(template);
  const [id = '', api] = ofType(template, 'AWS::ApiGateway::RestApi')[0] ?? [];
  const stage = ofType(template, 'AWS::ApiGateway::Stage')[0]?.[1].Properties.StageName;

  const authorize = async (
    request: GatewayRequest,
    match: Match,
  ): Promise<Identity | undefined> => {
    const { authorizerId } = match.method;
    if (authorizerId === undefined) return undefined;
    const methodArn = `arn:aws:execute-api:${region}:${account}:${id}/${stage}/${request.method}${request.path}`;
    const check = authorizers.get(authorizerId);
    const verdict = await check?.(request.http.headers.authorization, methodArn);
    if (verdict && 'identity' in verdict) return verdict.identity;
    const { type, message } = verdict?.error ?? { type: 'API_CONFIGURATION_ERROR', message: '' };
    throw new Refusal(type, message);
  };

  return async (http: IncomingMessage, requestId: string): Promise<EncodedAnswer> => {
    const [path = '/', ...queryParts] = (http.url ?? '/').split('?');
    const body = await readBody(http);
    const method = http.method ?? 'GET';
    const request: GatewayRequest = {
      ...{ http, method, path, requestId, body },
      query: queryParts.join('?'),
    };
    const match = route(method, path);
    if (!match) {
      // With an Authorization header API Gateway takes it for a signed request to itself.
      throw http.headers.authorization
        ? new Refusal('DEFAULT_4XX', 'The Authorization header is not a signature')
        : new Refusal('MISSING_AUTHENTICATION_TOKEN', 'Missing Authentication Token');
    }
    if (!mayPass(`${match.method.httpMethod} ${match.method.resourcePath}`)) {
      throw new Refusal('THROTTLED', 'Too Many Requests');
    }
    const identity = await authorize(request, match);
    if (match.method.integration.Type === 'MOCK') {
      const answer = answerMock(match.method, http.headers, requestId);
      if (!answer) throw new Refusal('UNSUPPORTED_MEDIA_TYPE', 'Unsupported Media Type');
      return answer;
    }
    const event = toProxyEvent(request, match, identity, { id, stage });
    const answer = toHttpAnswer(await invokeWithin(invoker, match.method, event));
    if (!answer) throw crash;
    const { MinimumCompressionSize } = api?.Properties ?? {};
    return compress(answer, http.headers['accept-encoding'], MinimumCompressionSize);
  };
};

const send = (
  response: ServerResponse,
  answer: EncodedAnswer,
  requestId: string,
  head: boolean,
) => {
  const empty = answer.status === 204 || answer.status === 304;
  const headers = Object.entries(answer.headers).filter(
    ([name]) => !(empty && name.toLowerCase() === 'content-type'),
  );
  response.writeHead(answer.status, {
    ...Object.fromEntries(headers),
    'x-amzn-RequestId': requestId,
    ...(!empty && { 'Content-Length': Buffer.byteLength(answer.body) }),
  });
  response.end(empty || head ? undefined : answer.body);
};

/** The HTTP server before it has anything to serve. */
export interface Gateway {
  server: Server;
  /** Opens it: until then every answer is 503. */
  open(template: Template, invoker: Invoker): void;
}

export const createGateway = (): Gateway => {
  let handle: ReturnType<typeof createHandler> | undefined;
  let refuse: ReturnType<typeof createGatewayResponses> | undefined;

  const fail = (error: GatewayError, requestId: string): HttpAnswer => {
    if (refuse) return refuse(error, requestId);
    const body = JSON.stringify({ error: 'Bailiwick is still starting: try again in a second.' });
    return {
      status: 503,
      headers: { 'Content-Type': 'application/json', 'Retry-After': '1' },
      body,
    };
  };

  const answer = async (http: IncomingMessage, requestId: string): Promise<EncodedAnswer> => {
    try {
      return handle ? await handle(http, requestId) : fail(crash.error, requestId);
    } catch (error) {
      return fail(error instanceof Refusal ? error.error : crash.error, requestId);
    }
  };

  const server = createServer({ maxHeaderSize: mostHeaderBytes }, async (http, response) => {
    const requestId = randomUUID();
    http.on('error', () => response.destroy());
    const isHead = http.method === 'HEAD';
    try {
      send(response, await answer(http, requestId), requestId, isHead);
    } catch {
      // A header that HTTP cannot carry: the answer is malformed after all.
      send(response, fail(crash.error, requestId), requestId, isHead);
    }
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable) return;
    const status =
      error.code === 'HPE_HEADER_OVERFLOW' ? '431 Headers Too Large' : '400 Bad Request';
    const body = '{"error":"The request is not valid HTTP, or its headers are too large."}';
    socket.end(
      `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
  });
  return {
    server,
    open: (template, invoker) => {
      refuse = createGatewayResponses(template);
      handle = createHandler(template, invoker);
    },
  };
};
