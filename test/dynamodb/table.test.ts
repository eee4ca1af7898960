import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeEach, expect, it, vi } from 'vitest';
import { stubFunctionEnv } from '../support/lib.ts';

/** Starts what stands in for DynamoDB and keeps the headers that it was asked with. */
const startTable = async () => {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    request.resume();
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { seen, endpoint, close: () => server.close() };
};

beforeEach(() => {
  // Each test is a function of its own, with its own client.
  vi.resetModules();
});

const ask = async () => {
  const { askTable } = await import('../../lib/table/client.ts');
  return askTable('DeleteItem', { TableName: 'table', Key: {} });
};

it('asks where the stack says, with the token of the session', async () => {
  const { endpoint, seen, close } = await startTable();
  stubFunctionEnv(endpoint);
  vi.stubEnv('AWS_SESSION_TOKEN', 'session');
  await ask();
  expect(seen).toMatchObject([{ 'x-amz-security-token': 'session' }]);
  expect(seen[0]?.authorization).toContain('x-amz-security-token');
  close();
});

it("asks elsewhere where AWS's SDKs are told to", async () => {
  const { endpoint, seen, close } = await startTable();
  stubFunctionEnv('http://127.0.0.1:1');
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', endpoint);
  await ask();
  expect(seen).toHaveLength(1);
  close();
});

it.each(['TABLE_ENDPOINT', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])(
  'says that %s is missing',
  async (name) => {
    stubFunctionEnv('http://127.0.0.1:1');
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', '');
    vi.stubEnv(name, '');
    await expect(ask).rejects.toThrow(`The environment variable ${name} is not set.`);
  },
);
