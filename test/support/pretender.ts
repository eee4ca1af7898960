import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Starts what is not Bailiwick at an address.
 * @param answer is told the path of a request and gives status and body; undefined for none, ever
 */
export const startPretender = async (
  answer: (path: string) => [status: number, body: string] | undefined,
) => {
  const server = createServer((request, response) => {
    const [status, body] = answer(request.url ?? '') ?? [];
    if (status !== undefined) response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: (): void => {
      server.closeAllConnections();
      server.close();
    },
  };
};
