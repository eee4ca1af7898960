/** What the gateway says when it answers itself, as far as the OpenAPI document says it too. */
export const sentences = {
  noSuchOperation: 'There is no such path or method here: GET /openapi.json tells which there are.',
  noToken: 'Send a valid token in the header Authorization: Bearer <token>.',
  crashed: 'Something went wrong here: try again later.',
  unchecked: 'Tokens cannot be checked right now: try again in a second.',
  late: 'The service did not answer in time: try again in a second.',
  throttled: 'Too many requests: wait a second and try again.',
};
