import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkExchange } from './contract.ts';

/** One request that passed, with the status it was answered with. */
export interface Passed {
  method: string;
  /** With its query, as it was sent. */
  path: string;
  status: number;
}

/**
 * Passes requests on to an API and remembers them by who sent them: each sender has a base URL of its own.
 * Sends 500 in place of an answer that is not what the OpenAPI document says.
 */
export const startRecorder = async (baseUrl: string) => {
  const passed = new Map<string, Passed[]>();
  const server = createServer(async (http, response) => {
    const [, sender = '', path = ''] = /^\/([^/]+)(\/.*)$/.exec(http.url ?? '') ?? [];
    const chunks: Buffer[] = [];
    for await (const chunk of http) chunks.push(chunk);
    const sent = Buffer.concat(chunks).toString();
    const method = http.method ?? '';
    const { authorization, 'content-type': type } = http.headers;
    const url = new URL(path, baseUrl);
    const answer = await fetch(url, {
      method,
      headers: {
        ...(authorization && { Authorization: authorization }),
        ...(type && { 'Content-Type': type }),
      },
      ...(sent && { body: sent }),
    });
    const { status, headers } = answer;
    const text = await answer.text();
    try {
      const body = text === '' ? undefined : JSON.parse(text);
      checkExchange({ method, url, body: sent && JSON.parse(sent) }, { status, headers, body });
      passed.set(sender, [...(passed.get(sender) ?? []), { method, path, status }]);
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(text);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    /** The base URL of one sender. */
    urlOf: (sender: string) => `http://127.0.0.1:${port}/${sender}`,
    /** What a sender sent. */
    of: (sender: string) => passed.get(sender) ?? [],
    close: () => server.close(),
  };
};
