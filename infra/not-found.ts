import type { IResource } from 'aws-cdk-lib/aws-apigateway';
import { acknowledge } from './acknowledge.ts';
import { commonHeaders } from './gateway-responses.ts';
import { addMock } from './mock.ts';
import { sentences } from './sentences.ts';

/**
 * Answers 404 to every method that a resource does not have, without a function: API Gateway's own
 * answer is a 403 about authentication, which would send people looking for the wrong mistake. With a
 * content type that is not JSON it is the gateway response UNSUPPORTED_MEDIA_TYPE, which says the same.
 *
 * @param more headers that it carries besides
 */
export const addNotFound = (resource: IResource, more: Record<string, string>): void => {
  const method = addMock(resource, 'ANY', {
    status: 404,
    headers: { ...commonHeaders, ...more },
    body: JSON.stringify({ error: sentences.noSuchOperation }),
  });
  const reason = 'It says that there is nothing here, and reaches nothing that could be protected.';
  acknowledge(method, { APIG4: reason, COG4: reason });
};
