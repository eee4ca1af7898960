import { ofType, type Template } from './template.ts';

/** An answer on its way to the client. */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string | string[]>;
  body: string;
}

/** Why the gateway answers itself. */
export interface GatewayError {
  type: string;
  /** The gateway's own words, which `$context.error.message` stands for. */
  message: string;
}

/** Status of a type where the template sets none (API Gateway developer guide, "Gateway response types"). */
const ownStatus: Record<string, number> = {
  ACCESS_DENIED: 403,
  API_CONFIGURATION_ERROR: 500,
  AUTHORIZER_CONFIGURATION_ERROR: 500,
  AUTHORIZER_FAILURE: 500,
  BAD_REQUEST_BODY: 400,
  BAD_REQUEST_PARAMETERS: 400,
  DEFAULT_4XX: 403,
  DEFAULT_5XX: 502,
  INTEGRATION_FAILURE: 504,
  INTEGRATION_TIMEOUT: 504,
  MISSING_AUTHENTICATION_TOKEN: 403,
  REQUEST_TOO_LARGE: 413,
  THROTTLED: 429,
  UNAUTHORIZED: 401,
  UNSUPPORTED_MEDIA_TYPE: 415,
};

interface Declared {
  StatusCode?: string;
  ResponseParameters?: Record<string, string>;
  ResponseTemplates?: Record<string, string>;
}

/** The value of a header expression: quoted text or a variable of the request. */
export const headerValue = (expression: string, requestId: string): string | undefined => {
  if (expression.startsWith("'")) return expression.slice(1, -1);
  return expression === 'context.requestId' ? requestId : undefined;
};

const fill = (template: string, error: GatewayError, requestId: string): string =>
  template
    .replaceAll('$context.error.messageString', () => JSON.stringify(error.message))
    .replaceAll('$context.error.message', () => error.message)
    .replaceAll('$context.error.responseType', () => error.type)
    .replaceAll('$context.requestId', () => requestId);

/** Makes the answers that the gateway gives itself, as the template customizes them. */
export const createGatewayResponses = (template: Template) => {
  const declared = new Map<string, Declared>(
    ofType(template, 'AWS::ApiGateway::GatewayResponse').map(([, { Properties }]) => [
      Properties.ResponseType,
      Properties,
    ]),
  );
  return (error: GatewayError, requestId: string): HttpAnswer => {
    const status = ownStatus[error.type] ?? 500;
    const found = declared.get(error.type) ?? declared.get(`DEFAULT_${status < 500 ? 4 : 5}XX`);
    const headers: Record<string, string> = { 'Content-Type': 'application/json' };
    for (const [name, expression] of Object.entries(found?.ResponseParameters ?? {})) {
      const value = headerValue(expression, requestId);
      if (value !== undefined) headers[name.replace('gatewayresponse.header.', '')] = value;
    }
    const body = found?.ResponseTemplates?.['application/json'];
    return {
      status: found?.StatusCode ? Number(found.StatusCode) : status,
      headers,
      body: fill(body ?? '{"message":$context.error.messageString}', error, requestId),
    };
  };
};
