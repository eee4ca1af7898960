import http from 'node:http';
import https from 'node:https';
import { urlToHttpOptions } from 'node:url';
import { pause } from './backoff.ts';
import { DynamoDbError, isBusy, TimeoutError } from './errors.ts';
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
  options: http.RequestOptions & { headers: Record<string, string> },
  body: string,
  tryMs: number,
): Promise<Response> =>
  new Promise((resolve, reject) => {
    const sent = request({ ...options, method: 'POST', path: '/' });
    const timer = setTimeout(() => {
      reject(new TimeoutError(`DynamoDB did not answer in ${tryMs} ms.`));
      sent.destroy();
    }, tryMs);
    sent.on('close', () => clearTimeout(timer));
    sent.on('error', reject);
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.end(body);
  });

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What DynamoDB says of its failure; whatever stands between may say nothing that is known. */
interface Failure {
  /** `com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException` */
  __type?: string;
  message?: string;
  Message?: string;
  CancellationReasons?: { Code?: string }[];
}

const toError = ({ status, text }: Response): DynamoDbError => {
  const said = (parse(text) ?? {}) as Failure;
  const name = said.__type?.split('#').at(-1) ?? 'UnknownError';
  const reasons = said.CancellationReasons?.map(({ Code }) => Code ?? 'None');
  return new DynamoDbError(
    name,
    said.message ?? said.Message ?? `Status ${status}`,
    status,
    reasons,
  );
};

/**
 * Asks one thing. A failure that may pass is tried again after a pause. So the effect of a write may be there
 * already at the try that is answered: its condition must allow for that, or a ClientRequestToken.
 * Throws DynamoDbError, TimeoutError or what Node says of the connection; `isBusy` tells what might still pass.
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
 */
export const createClient = (endpoint: string, signer: () => Signer, usual: Patience): Ask => {
  const url = new URL(endpoint);
  const transport = url.protocol === 'https:' ? https : http;
  const options = { ...urlToHttpOptions(url), agent: new transport.Agent({ keepAlive: true }) };

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
        const response = await exchange(transport, { ...options, headers }, body, tryMs);
        if (response.status !== 200) throw toError(response);
        return JSON.parse(response.text);
      } catch (error) {
        if (attempt === tries || !isBusy(error)) throw error;
        await pause(attempt);
      }
    }
  };
};
