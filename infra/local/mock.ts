import { type HttpAnswer, headerValue } from './gateway-responses.ts';
import type { Method } from './routes.ts';

const mediaType = (contentType: string | undefined): string =>
  (contentType ?? 'application/json').split(';', 1)[0]?.trim().toLowerCase() || 'application/json';

/**
 * Answers from a MOCK integration: the request template for the content type gives a status code, and
 * the integration response of that status the answer. Undefined where no template fits: a 415.
 */
export const answerMock = (
  { integration }: Method,
  contentType: string | undefined,
  requestId: string,
): HttpAnswer | undefined => {
  const template: string | undefined = integration.RequestTemplates?.[mediaType(contentType)];
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
  return {
    status: statusCode,
    headers,
    body: response?.ResponseTemplates?.['application/json'] ?? '',
  };
};
