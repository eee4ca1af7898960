import http, { type ClientRequest, type RequestOptions } from 'node:http';
import { stderr } from 'node:process';
import { firstDenied } from './iam.ts';
import type { Statement } from './policy.ts';

/** As the table's own refusal is called. */
class AccessDenied extends Error {
  override readonly name = 'AccessDeniedException';
}

/**
 * Lets only those requests of this thread go out that the policies of its function allow, so that a grant
 * missing from the stack fails here and not after deployment. The requests are looked at where they are
 * sent, before the function's own client is loaded: a proxy between would take as long as all the rest.
 * @param caller the function's logical id
 */
export const guardTable = (caller: string, statements: readonly Statement[]): void => {
  const { request } = http;
  const guarded = (options: RequestOptions, onAnswer?: () => void): ClientRequest => {
    const sent = request(options, onAnswer);
    const end = sent.end.bind(sent) as (body?: string | Uint8Array) => ClientRequest;
    // The client hands the body over whole; one in parts would never end.
    sent.write = () => {
      throw new Error('A request to the table is written at once.');
    };
    sent.end = ((body?: string | Uint8Array) => {
      const operation = String(sent.getHeader('x-amz-target')).split('.').at(-1) ?? '';
      const text = typeof body === 'string' ? body : Buffer.from(body ?? '{}').toString();
      const denied = firstDenied(statements, operation, JSON.parse(text));
      if (!denied) return end(body);
      const message = `${caller} is not authorized to perform: dynamodb:${denied.action} on resource: ${denied.resource}`;
      stderr.write(`${message}\n`);
      return sent.destroy(new AccessDenied(message));
    }) as ClientRequest['end'];
    return sent;
  };
  http.request = guarded as typeof http.request;
};
