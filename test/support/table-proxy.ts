import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request to the table, and what it cost once it is answered. */
export interface TableRequest {
  operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: DynamoDB's own requests and answers
  body: any;
  /** Read and write units. */
  units: number;
}

/**
 * What to do instead of asking the table and passing its answer on; undefined does just that. A connection
 * may be cut before the table is asked, or after, so that the answer is lost.
 */
export type Instead = { status: number; body: object } | 'cut before' | 'cut after' | undefined;

/**
 * Stands between functions and the table: sees each request, may do something before it or answer instead,
 * and knows what it cost.
 */
export const startProxyTo = async (
  endpoint: string,
  before: (seen: TableRequest) => Instead | Promise<Instead> = () => undefined,
) => {
  const seen: TableRequest[] = [];
  const server = createServer(async (http, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of http) chunks.push(chunk);
    const one: TableRequest = {
      operation: String(http.headers['x-amz-target']).split('.').at(-1) ?? '',
      body: JSON.parse(Buffer.concat(chunks).toString()),
      units: 0,
    };
    seen.push(one);
    const instead = await before(one);
    if (instead === 'cut before') return response.destroy();
    if (typeof instead === 'object') {
      response.writeHead(instead.status, { 'Content-Type': 'application/x-amz-json-1.0' });
      return response.end(JSON.stringify(instead.body));
    }
    const body = JSON.stringify({ ...one.body, ReturnConsumedCapacity: 'TOTAL' });
    const headers = { ...http.headers, 'content-length': String(Buffer.byteLength(body)) };
    const onward = request(new URL(endpoint), { method: 'POST', headers }, async (answer) => {
      const parts: Buffer[] = [];
      for await (const part of answer) parts.push(part);
      const text = Buffer.concat(parts);
      const { ConsumedCapacity = [] } = JSON.parse(text.toString() || '{}');
      for (const { CapacityUnits } of [ConsumedCapacity].flat()) one.units += CapacityUnits;
      if (instead === 'cut after') return response.destroy();
      response.writeHead(answer.statusCode ?? 500, {
        'Content-Type': 'application/x-amz-json-1.0',
      });
      response.end(text);
    });
    onward.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What has been asked since this was last called. */
    take: () => seen.splice(0),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
