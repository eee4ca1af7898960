import http from 'node:http';
import https from 'node:https';
import { urlToHttpOptions } from 'node:url';
import { pause } from './backoff.ts';
import { ConnectionError, DynamoDbError, isBusy, TimeoutError } from './errors.ts';
import type { Operations } from './operations.ts';
import { type Signer, sign } from './sign.ts';

/** How long a request may take: so many tries, and milliseconds from the start of each to its whole answer. */
export interface Patience {
  tries: number;
  tryMs: number;
}

interface Response {
  status: number;
  text: string;
}

const exchange = (
  { request }: typeof http | typeof https,
  options: http.RequestOptions,
  body: string,
  tryMs: number,
): Promise<Response> =>
  new Promise((resolve, reject) => {
    const sent = request({ ...options, method: 'POST', path: '/' });
    const giveUp = () => {
      reject(new TimeoutError(`DynamoDB did not answer in ${tryMs} ms.`));
      sent.destroy();
    };
    const timer = setTimeout(giveUp, tryMs);
    const fail = (cause: Error) => reject(new ConnectionError(cause));
    sent.on('error', fail);
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('error', fail);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('close', () => {
      clearTimeout(timer);
      // Changes nothing where there was an answer or an error.
      fail(Object.assign(new Error('The connection was closed.'), { code: 'ECONNRESET' }));
    });
    sent.end(body);
  });

const parse = (text: string): object | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
};

/** What DynamoDB says of a failure. What stands between may say anything, so nothing is taken for granted. */
interface Failure {
  /** `com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException` */
  __type?: unknown;
  message?: unknown;
  Message?: unknown;
  CancellationReasons?: unknown;
}

const failureOf = (status: number, said: Failure): DynamoDbError => {
  const [, name] = /^(?:[\w.]+#)?(\w{1,80})/.exec(String(said.__type ?? 'UnknownError')) ?? [];
  const { message = said.Message, CancellationReasons: reasons } = said;
  const codes = Array.isArray(reasons) ? reasons.map((reason) => String(reason?.Code)) : [];
  return new DynamoDbError(name ?? 'UnknownError', String(message ?? status), status, codes);
};

/** Throws what is no success. */
const read = ({ status, text }: Response): object => {
  const said = parse(text);
  if (status !== 200) throw failureOf(status, said ?? {});
  if (!said) throw new DynamoDbError('UnreadableAnswer', 'An answer was no JSON object.', status);
  return said;
};

/**
 * Asks one thing. A failure that may pass is tried again after a pause. An earlier try of a write may have taken
 * effect: its condition must allow for that, or it needs a ClientRequestToken.
 * Throws DynamoDbError, ConnectionError or TimeoutError, of which `isBusy` tells what might still pass; and what
 * the signer throws.
 */
export type Ask = <Name extends keyof Operations>(
  operation: Name,
  input: Operations[Name]['input'],
  patience?: Patience,
) => Promise<Operations[Name]['output']>;

/**
 * A client of DynamoDB's HTTP API that keeps its connections.
 * @param endpoint `https://dynamodb.eu-west-1.amazonaws.com`, or DynamoDB Local's with http
 * @param signer asked before each try, since credentials may have changed
 * @param usual for requests that bring no patience of their own
 */
export const createClient = (endpoint: string, signer: () => Signer, usual: Patience): Ask => {
  const url = new URL(endpoint);
  const { protocol, hostname, port } = urlToHttpOptions(url);
  const transport = protocol === 'https:' ? https : http;
  const kept = new transport.Agent({ keepAlive: true });
  return async (operation, input, { tries, tryMs } = usual) => {
    const body = JSON.stringify(input);
    const unsigned = {
      host: url.host,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
    };
    for (let attempt = 1; ; attempt++) {
      try {
        const headers = sign(signer(), unsigned, body);
        // Connections kept through a freeze may all be dead, and a try for each would be too many.
        const agent = attempt === 1 ? kept : false;
        const options = { protocol, hostname, port, headers, agent };
        return read(await exchange(transport, options, body, tryMs));
      } catch (error) {
        if (attempt >= tries || !isBusy(error)) throw error;
        await pause(attempt);
      }
    }
  };
};
