import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { authenticate } from '../lib/authentication.ts';
import { toContext } from '../lib/http/principal.ts';
import { describeError, log } from '../lib/log.ts';

/** `arn:…:<api id>/<stage>/*`: the answer is cached for every path, so it must hold for every path. */
const wholeStage = (methodArn: string): string =>
  methodArn.split('/').slice(0, 2).join('/').concat('/*');

/**
 * API Gateway's TOKEN authorizer: says who is calling. What they may do is each function's to say.
 * Throws exactly `Unauthorized` for a 401; any other throw is the gateway's AUTHORIZER_FAILURE, a 503.
 */
export const handler = async (
  event: APIGatewayTokenAuthorizerEvent,
): Promise<APIGatewayAuthorizerResult> => {
  const principal = await authenticate(event.authorizationToken).catch((error: unknown) => {
    log.error('The authorizer could not ask the table', { error: describeError(error) });
    throw new Error('The authorizer failed', { cause: error });
  });
  if (!principal) throw new Error('Unauthorized');
  return {
    principalId: principal.userId,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: wholeStage(event.methodArn) },
      ],
    },
    context: { ...toContext(principal) },
  };
};
