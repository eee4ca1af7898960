import { type IResource, MockIntegration, PassthroughBehavior } from 'aws-cdk-lib/aws-apigateway';

interface MockAnswer {
  status: number;
  /** API Gateway's expressions: quoted text, or a variable. */
  headers: Record<string, string>;
  /** A template in VTL. */
  body: string;
}

const onResponse = <T>(entries: [string, T][]): Record<string, T> =>
  Object.fromEntries(entries.map(([name, value]) => [`method.response.header.${name}`, value]));

/** Adds a method that API Gateway answers by itself, always the same, without a function. */
export const addMock = (
  resource: IResource,
  method: string,
  { status, headers, body }: MockAnswer,
) =>
  resource.addMethod(
    method,
    new MockIntegration({
      // Any other content type is the gateway response UNSUPPORTED_MEDIA_TYPE.
      passthroughBehavior: PassthroughBehavior.NEVER,
      requestTemplates: { 'application/json': JSON.stringify({ statusCode: status }) },
      integrationResponses: [
        {
          statusCode: String(status),
          responseParameters: onResponse(Object.entries(headers)),
          responseTemplates: { 'application/json': body },
        },
      ],
    }),
    {
      methodResponses: [
        {
          statusCode: String(status),
          // API Gateway drops a header that is not declared.
          responseParameters: onResponse(Object.keys(headers).map((name) => [name, true])),
        },
      ],
    },
  );
