import type { APIGatewayProxyWithLambdaAuthorizerEvent } from 'aws-lambda';
import type { AuthorizerContext } from './principal.ts';

/** API Gateway's REST proxy event, as it comes through our authorizer. */
export type ProxyEvent = APIGatewayProxyWithLambdaAuthorizerEvent<Partial<AuthorizerContext>>;

/** The URL that a request came to, without its query: for links to other pages of the answer. */
export const urlOf = ({ headers, requestContext }: ProxyEvent): string => {
  const host = headers.host ?? requestContext.domainName;
  return `${headers['x-forwarded-proto'] ?? 'https'}://${host}${requestContext.path}`;
};

/** The header that leads to the next page of an answer. */
export const nextLink = (url: string, parameters: Record<string, string>) => {
  const query = new URLSearchParams(parameters).toString();
  return { Link: `<${url}${query && `?${query}`}>; rel="next"` };
};
