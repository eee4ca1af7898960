import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stderr } from 'node:process';
import type { LambdaFunction } from './functions.ts';
import { firstDenied } from './iam.ts';

const refuse = (response: ServerResponse, status: number, type: string, message: string) => {
  response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify({ __type: `com.amazon.coral.service#${type}`, message }));
};

/**
 * Stands between the functions and DynamoDB and refuses what their synthesized policies do not allow, so
 * that a grant missing from the stack fails here and not after deployment. A function is known by its
 * access key id, which is its logical id.
 */
export const startIamProxy = async (
  endpoint: string,
  functions: Map<string, LambdaFunction>,
): Promise<{ url: string; close(): void }> => {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(endpoint);

  const forward = (http: IncomingMessage, body: Buffer, response: ServerResponse) => {
    const { method, url, headers } = http;
    const onward = request({ agent, hostname, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    onward.end(body);
  };

  const handle = async (http: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of http) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const caller = /Credential=([^/]+)\//.exec(http.headers.authorization ?? '')?.[1] ?? '';
    const operation = String(http.headers['x-amz-target']).split('.').at(-1) ?? '';
    const statements = functions.get(caller)?.statements ?? [];
    const denied = firstDenied(statements, operation, JSON.parse(body.toString() || '{}'));
    if (!denied) return forward(http, body, response);
    const message = `${caller} is not authorized to perform: dynamodb:${denied.action} on resource: ${denied.resource}`;
    stderr.write(`${message}\n`);
    refuse(response, 400, 'AccessDeniedException', message);
  };

  const server = createServer((http, response) => {
    handle(http, response).catch((error: Error) => {
      refuse(response, 400, 'SerializationException', error.message);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
};
