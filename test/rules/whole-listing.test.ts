import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect, inject, it, onTestFinished } from 'vitest';
import { startDynamoDb } from '../../infra/local/dynamodb.ts';
import { newUserItem } from '../../lib/table/items.ts';
import { start, stop, temporaryFolder } from '../support/process.ts';

/** 128 letters of four bytes each, so that few users make many bytes. */
const nameOf = (n: number) => `${'𐐨'.repeat(120)}${String(n).padStart(8, '0')}`;
const count = 11_000;

it('lists without a limit what fits in 5 MB, and the rest by its link', async () => {
  const dynamodb = await startDynamoDb(undefined);
  onTestFinished(() => dynamodb.close());
  const folder = temporaryFolder();
  const stack = await start(folder, { DYNAMODB_ENDPOINT: dynamodb.endpoint });
  const table = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: dynamodb.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    }),
  );
  const putOf = (n: number) => {
    const name = nameOf(n);
    const now = new Date().toISOString();
    const Item = newUserItem({ name, userId: String(n), username: name, passwordHash: 'x', now });
    return { PutRequest: { Item } };
  };
  for (let n = 0; n < count; n += 200) {
    const batches = Array.from({ length: 8 }, (_, b) =>
      Array.from({ length: 25 }, (_, i) => putOf(n + b * 25 + i)),
    );
    const write = (puts: object[]) =>
      table.send(
        new BatchWriteCommand({
          RequestItems: { [inject('target').local?.table ?? '']: puts as never },
        }),
      );
    await Promise.all(batches.map(write));
  }

  const { token } = JSON.parse(readFileSync(join(folder, 'admin.json'), 'utf8'));
  const seen: string[] = [];
  const sizes: number[] = [];
  let refusals = 0;
  let next: string | undefined = `${stack.baseUrl}/api/v1/users`;
  while (next) {
    const response: Response = await fetch(next, { headers: { Authorization: `Bearer ${token}` } });
    const text = await response.text();
    // A busy machine may not read a page in time. It says so, and whoever asks again gets it.
    if (response.status === 503 && refusals++ < 5) {
      await sleep(Number(response.headers.get('retry-after')) * 1000);
      continue;
    }
    expect(response.status).toBe(200);
    sizes.push(Buffer.byteLength(text));
    seen.push(...JSON.parse(text).map(({ username }: { username: string }) => username));
    next = /<([^>]+)>/.exec(response.headers.get('link') ?? '')?.[1];
  }
  const all = Array.from({ length: count }, (_, n) => nameOf(n));
  expect(seen).toEqual(['admin', ...all]);
  expect(sizes).toHaveLength(2);
  expect(sizes[0]).toBeGreaterThan(4_900_000);
  expect(sizes[0]).toBeLessThanOrEqual(5_000_001);
  await stop(stack, 'SIGTERM');
}, 90_000);
