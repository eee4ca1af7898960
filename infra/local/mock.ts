import type { IncomingHttpHeaders } from 'node:http';
import { type HttpAnswer, headerValue } from './gateway-responses.ts';
import type { Method } from './routes.ts';

const mediaType = (contentType: string | undefined): string =>
  (contentType ?? 'application/json').split(';', 1)[0]?.trim().toLowerCase() || 'application/json';

/** The origins that a template in VTL compares the request's with, to name it if it is one of them. */
const echoedBy = (template: string): (string | undefined)[] =>
  Array.from(template.matchAll(/\$origin == "([^"]+)"/g), ([, origin]) => origin);

/**
 * Answers from a MOCK integration: the request template for the content type gives a status code, and
 * the integration response of that status the answer. Undefined where no template fits: a 415. Of VTL it
 * knows one thing, the template that infra/cors.ts writes.
 */
export const answerMock = (
  { integration }: Method,
  request: IncomingHttpHeaders,
  requestId: string,
): HttpAnswer | undefined => {
  const template: string | undefined =
    integration.RequestTemplates?.[mediaType(request['content-type'])];
  if (template === undefined) return undefined;
  const { statusCode } = JSON.parse(template) as { statusCode: number };
  const response = integration.IntegrationResponses?.find(
    (one: { StatusCode: string }) => one.StatusCode === String(statusCode),
  );
  const headers: Record<string, string> = {};
  for (const [name, expression] of Object.entries<string>(response?.ResponseParameters ?? {})) {
    const value = headerValue(expression, requestId);
    if (value !== undefined) headers[name.replace('method.response.header.', '')] = value;
  }
  const body: string = response?.ResponseTemplates?.['application/json'] ?? '';
  if (!body.startsWith('#')) return { status: statusCode, headers, body };
  const { origin } = request;
  if (origin !== undefined && echoedBy(body).includes(origin)) {
    headers['Access-Control-Allow-Origin'] = origin;
  }
  return { status: statusCode, headers, body: '' };
};
