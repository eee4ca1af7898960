import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inject, onTestFinished } from 'vitest';

/** The local stack below the name of a stage, as API Gateway's own host has it, until the test ends. */
export const startStage = async (name: string): Promise<string> => {
  const below = `/${name}/`;
  const server = createServer(async ({ url = '', method = '', headers }, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of response.req) chunks.push(chunk);
    const path = url.startsWith(below) ? url.slice(below.length - 1) : '/nowhere';
    const answer = await fetch(inject('target').baseUrl + path, {
      method,
      headers: {
        'Content-Type': 'application/json',
        ...(headers.authorization && { Authorization: headers.authorization }),
      },
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    const { 'content-security-policy': policy = '', 'content-type': type = '' } =
      Object.fromEntries(answer.headers);
    response.writeHead(answer.status, { 'Content-Type': type, 'Content-Security-Policy': policy });
    response.end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`;
};
