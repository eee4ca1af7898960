import { type IResource, MockIntegration, PassthroughBehavior } from 'aws-cdk-lib/aws-apigateway';
import { commonHeaders, noSuchOperation } from './gateway-responses.ts';

const onResponse = (headers: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value]),
  );

/**
 * Answers 404 to every method that a resource does not have, without a function: API Gateway's own
 * answer is a 403 about authentication, which would send people looking for the wrong mistake.
 */
export const addNotFound = (resource: IResource): void => {
  resource.addMethod(
    'ANY',
    new MockIntegration({
      // Any other content type is the gateway response UNSUPPORTED_MEDIA_TYPE, which says the same.
      passthroughBehavior: PassthroughBehavior.NEVER,
      requestTemplates: { 'application/json': '{"statusCode":404}' },
      integrationResponses: [
        {
          statusCode: '404',
          responseParameters: onResponse(commonHeaders) as Record<string, string>,
          responseTemplates: {
            'application/json': JSON.stringify({ error: noSuchOperation }),
          },
        },
      ],
    }),
    {
      methodResponses: [
        {
          statusCode: '404',
          responseParameters: onResponse(
            Object.fromEntries(Object.keys(commonHeaders).map((name) => [name, true])),
          ) as Record<string, boolean>,
        },
      ],
    },
  );
};
