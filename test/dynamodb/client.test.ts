import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, inject, onTestFinished, it as test, vi } from 'vitest';
import { createClient, type Patience } from '../../lib/dynamodb/client.ts';
import {
  DynamoDbError,
  isBusy,
  isConditionFailed,
  TimeoutError,
} from '../../lib/dynamodb/errors.ts';
import { marshall, unmarshall } from '../../lib/dynamodb/values.ts';
import { freshName } from '../support/api.ts';
import { failing } from '../support/table-proxy.ts';

const signer = () => ({
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  region: 'us-east-1',
});
const usual: Patience = { tries: 3, tryMs: 500 };
const clientOf = (endpoint: string) => createClient(endpoint, signer, usual);

const { local } = inject('target');
const TableName = local?.table ?? '';
const get = { RequestItems: { [TableName]: { Keys: [], ConsistentRead: true } } };

/** Answers requests to a table, the nth (from 0) as it is told; closes with the test. */
const startServer = async (
  answer: (n: number, response: ServerResponse, request: IncomingMessage) => void,
) => {
  const sockets = new Set<unknown>();
  let closed = 0;
  let asked = 0;
  const server = createServer((request, response) => {
    sockets.add(request.socket);
    request.resume().on('end', () => answer(asked++, response, request));
  });
  server.on('connection', (socket) =>
    socket.on('close', () => {
      closed++;
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    ask: clientOf(endpoint),
    asked: () => asked,
    connections: () => sockets.size,
    closed: () => closed,
  };
};

const refusing =
  (...failure: Parameters<typeof failing>) =>
  (_: number, response: ServerResponse) => {
    const { status, body } = failing(...failure);
    response.writeHead(status).end(JSON.stringify(body));
  };

describe('with DynamoDB', () => {
  const ask = clientOf(local?.endpoint ?? '');
  const key = { pk: `CLIENT#${freshName('c')}`, sk: 'ü' };
  const item = {
    ...key,
    set: new Set(['a', 'b']),
    bytes: new Uint8Array([0, 255]),
    map: { list: [1, 'a', null, true] },
  };
  const put = (when?: string) => ({
    TransactItems: [
      { Put: { TableName, Item: marshall(item), ...(when && { ConditionExpression: when }) } },
    ],
    ClientRequestToken: freshName('t'),
  });

  test('writes and reads', async () => {
    await ask('TransactWriteItems', put());
    const Keys = [marshall(key)];
    const { Responses } = await ask('BatchGetItem', {
      RequestItems: { [TableName]: { Keys, ConsistentRead: true } },
    });
    expect(Responses?.[TableName]?.map(unmarshall)).toEqual([item]);
  });

  test('tells of a condition that does not hold', async () => {
    const failed = await ask('UpdateItem', {
      TableName,
      Key: marshall(key),
      UpdateExpression: 'SET a = :a',
      ConditionExpression: 'a = :a',
      ExpressionAttributeValues: marshall({ ':a': 1 }),
    }).catch((error: unknown) => error);
    expect(isConditionFailed(failed)).toBe(true);
    expect(isBusy(failed)).toBe(false);
  });

  test('tells why a transaction was canceled, by its actions', async () => {
    await ask('TransactWriteItems', put());
    await expect(ask('TransactWriteItems', put('attribute_not_exists(pk)'))).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      status: 400,
      reasons: ['ConditionalCheckFailed'],
    });
  });

  test('tells of what it refuses', async () => {
    await expect(ask('BatchGetItem', get)).rejects.toMatchObject({
      name: 'ValidationException',
      status: 400,
    });
  });
});

test('keeps its connection', async () => {
  const { ask, connections } = await startServer((_, response) => response.end('{}'));
  for (let n = 0; n < 5; n++) expect(await ask('BatchGetItem', get)).toEqual({});
  expect(connections()).toBe(1);
});

test('asks the operation by its name, of the host, signed', async () => {
  let headers: IncomingMessage['headers'] = {};
  const { ask } = await startServer((_, response, request) => {
    headers = request.headers;
    response.end('{}');
  });
  await ask('BatchGetItem', get);
  expect(headers).toMatchObject({
    'content-type': 'application/x-amz-json-1.0',
    host: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    'x-amz-target': 'DynamoDB_20120810.BatchGetItem',
    authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=test\/\d{8}\/us-east-1\//),
  });
});

type Answer = Parameters<typeof startServer>[0];
const saying =
  (status: number, text: string): Answer =>
  (_, response) =>
    response.writeHead(status).end(text);

describe('tries three times, no more,', () => {
  test.each<[string, Answer]>([
    ['a throttle', refusing('ThrottlingException')],
    ['too many requests', refusing('RequestLimitExceeded')],
    ['too much of a table', refusing('ProvisionedThroughputExceededException')],
    ['a transaction under way', refusing('TransactionInProgressException')],
    ['a failure of its own', refusing('InternalServerError', 500)],
    ['a failure of what stands between', saying(502, '<html>')],
    [
      'a failure that says nothing it should',
      saying(500, '{"__type":1,"CancellationReasons":"x"}'),
    ],
    ['too much for what stands between', saying(429, '')],
    ['an answer that is no JSON', saying(200, '<html>')],
    ['an answer that is nothing', saying(200, 'null')],
    ['an empty answer', saying(200, '')],
    [
      'another protocol',
      (_, response) => response.writeHead(101, { Connection: 'Upgrade', Upgrade: 'x' }).end(),
    ],
    ['a connection that is cut', (_, response) => response.destroy()],
    [
      'an answer that is cut',
      (_, response) => {
        response.writeHead(200, { 'Content-Length': '10' }).write('{');
        setTimeout(() => response.destroy(), 20);
      },
    ],
    ['no answer', () => {}],
    [
      'half an answer',
      (_, response) => {
        response.writeHead(200).write('{');
      },
    ],
  ])('%s', async (_, answer) => {
    const { ask, asked } = await startServer(answer);
    const error = await ask('BatchGetItem', get).catch((failed: unknown) => failed);
    expect(error).toBeInstanceOf(Error);
    expect(isBusy(error)).toBe(true);
    expect(asked()).toBe(3);
  });

  test('a port where nobody listens', async () => {
    const error = await clientOf('http://127.0.0.1:1')('BatchGetItem', get).catch(
      (failed: unknown) => failed,
    );
    expect(error).toMatchObject({ name: 'ECONNREFUSED' });
    expect(isBusy(error)).toBe(true);
  });

  test('and takes the answer of the last', async () => {
    const { ask, asked } = await startServer((n, response) =>
      n < 2 ? refusing('ThrottlingException')(n, response) : response.end('{"Items":[]}'),
    );
    expect(await ask('BatchGetItem', get)).toEqual({ Items: [] });
    expect(asked()).toBe(3);
  });
});

test('signs each try by the credentials of then', async () => {
  const seen: unknown[] = [];
  const { endpoint } = await startServer((n, response, request) => {
    seen.push(/Credential=(\w+)/.exec(request.headers.authorization ?? '')?.[1]);
    if (n === 0) refusing('ThrottlingException')(n, response);
    else response.end('{}');
  });
  let asked = 0;
  const signer = () => ({
    credentials: { accessKeyId: `key${asked++}`, secretAccessKey: 'test' },
    region: 'us-east-1',
  });
  await createClient(endpoint, signer, usual)('BatchGetItem', get);
  expect(seen).toEqual(['key0', 'key1']);
});

describe('does not try again', () => {
  test.each([
    'ValidationException',
    'AccessDeniedException',
    'ConditionalCheckFailedException',
    'TransactionCanceledException',
    'ResourceNotFoundException',
    'ExpiredTokenException',
    'UnknownError',
  ])('%s', async (name) => {
    const { ask, asked } = await startServer(refusing(name));
    const error = await ask('BatchGetItem', get).catch((failed: unknown) => failed);
    expect(error).toBeInstanceOf(DynamoDbError);
    expect(error).toMatchObject({ name, message: 'no', status: 400 });
    expect(isBusy(error)).toBe(false);
    expect(asked()).toBe(1);
  });

  test('where it is to try once, and for so long', async () => {
    const { ask, asked } = await startServer(() => {});
    const began = performance.now();
    const error = await ask('BatchGetItem', get, { tries: 1, tryMs: 100 }).catch(
      (failed: unknown) => failed,
    );
    expect(error).toEqual(new TimeoutError('DynamoDB did not answer in 100 ms.'));
    expect(performance.now() - began).toBeGreaterThanOrEqual(99);
    expect(asked()).toBe(1);
  });
});

test('tells what it is refused by, in either spelling', async () => {
  const { ask } = await startServer((n, response) => {
    const body = { __type: 'X:http://x', [n === 0 ? 'message' : 'Message']: `no ${n}` };
    response.writeHead(400).end(JSON.stringify(body));
  });
  for (const n of [0, 1]) {
    await expect(ask('BatchGetItem', get)).rejects.toMatchObject({ name: 'X', message: `no ${n}` });
  }
});

test('takes no redirect for an answer, and follows none', async () => {
  const { ask, asked } = await startServer(saying(307, '{}'));
  await expect(ask('BatchGetItem', get)).rejects.toMatchObject({ status: 307 });
  expect(asked()).toBe(1);
});

test('gets through when all connections that it kept have died', async () => {
  const dead = new Set<unknown>();
  const together = 5;
  const { ask, connections } = await startServer(async (n, response, request) => {
    if (dead.has(request.socket)) return;
    if (n < together) {
      dead.add(request.socket);
      await sleep(100);
    }
    response.end('{}');
  });
  await Promise.all(Array.from({ length: together }, () => ask('BatchGetItem', get)));
  expect(connections()).toBe(together);
  expect(await ask('BatchGetItem', get)).toEqual({});
});

test('leaves no timer behind an answer', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  let during = 0;
  const { ask } = await startServer((_, response) => {
    during = vi.getTimerCount();
    response.end('{}');
  });
  await ask('BatchGetItem', get);
  expect(during).toBe(1);
  // The connection is free a moment after its answer.
  await new Promise(setImmediate);
  expect(vi.getTimerCount()).toBe(0);
});

test('closes the connection of a try that took too long', async () => {
  const { ask, closed } = await startServer(() => {});
  await ask('BatchGetItem', get, { tries: 1, tryMs: 100 }).catch(() => {});
  await vi.waitFor(() => expect(closed()).toBe(1));
});

test('pauses before another try', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(1);
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  const { ask } = await startServer(refusing('ThrottlingException'));
  const began = performance.now();
  await ask('BatchGetItem', get).catch(() => {});
  expect(performance.now() - began).toBeGreaterThanOrEqual(25 + 50 - 2);
});

test('is not ended by a slow answer that comes after all', async () => {
  const { ask } = await startServer(async (n, response) => {
    await sleep(n === 0 ? 700 : 0);
    response.end(`{"n":${n}}`);
  });
  expect(await ask('BatchGetItem', get)).toEqual({ n: 1 });
  await sleep(400);
  expect(await ask('BatchGetItem', get)).toEqual({ n: 2 });
});

test('takes characters whole that come in parts', async () => {
  const { ask } = await startServer(async (_, response) => {
    for (const byte of Buffer.from('{"text":"ü€😀"}')) {
      response.write(Buffer.of(byte));
      await sleep(1);
    }
    response.end();
  });
  expect(await ask('BatchGetItem', get)).toEqual({ text: 'ü€😀' });
});
