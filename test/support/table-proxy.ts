import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Read and write units, as AWS charges them. */
export interface Units {
  read: number;
  write: number;
}

/** One request to the table, and what it cost once it is answered. */
export interface TableRequest {
  /** Logical id of the function that asks. */
  by: string;
  operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: DynamoDB's own requests and answers
  body: any;
  /** What it cost, if the proxy counts. */
  units: Units;
  /** When it came and when it was answered, in ms. */
  began: number;
  ended: number;
}

// biome-ignore lint/suspicious/noExplicitAny: an item as DynamoDB's own requests write it
type Item = Record<string, any>;

/** An item that a transaction writes or checks, before and after it; undefined where there is none. */
type Image = [before: Item | undefined, after: Item | undefined];

const sumOf = <T>(values: readonly T[], of: (value: T) => number): number =>
  values.reduce((sum, value) => sum + of(value), 0);

/** Bytes of a value (developer guide, "DynamoDB item sizes and formats"). */
const bytesOfValue = (value: Item): number => {
  const [[type, held] = ['', undefined]] = Object.entries(value);
  switch (type) {
    case 'S':
      return Buffer.byteLength(held);
    case 'N':
      return Math.ceil(held.length / 2) + 1;
    case 'B':
      return Buffer.from(held, 'base64').length;
    case 'SS':
      return sumOf<string>(held, Buffer.byteLength);
    case 'M':
      return 3 + Object.keys(held).length + bytesOf(held);
    case 'L':
      return 3 + sumOf<Item>(held, (one) => 1 + bytesOfValue(one));
    case 'BOOL':
    case 'NULL':
      return 1;
    default:
      throw new Error(`The size of a ${type} is not known.`);
  }
};

const bytesOf = (item: Item = {}): number =>
  sumOf(Object.entries(item), ([name, value]) => Buffer.byteLength(name) + bytesOfValue(value));

const kilobytes = (...images: (Item | undefined)[]): number =>
  Math.max(1, ...images.map((image) => Math.ceil(bytesOf(image) / 1024)));

/** What the index keeps of an item: infra/table.ts. */
const indexEntry = (item: Item | undefined): Item | undefined => {
  if (!item?.gsi1pk) return undefined;
  const { pk, sk, gsi1pk, gsi1sk, username, user_id, types } = item;
  const entry = Object.entries({ pk, sk, gsi1pk, gsi1sk, username, user_id, types });
  return Object.fromEntries(entry.filter(([, value]) => value !== undefined));
};

/** A transaction writes or checks each item twice, of the larger size; and the index once, if its entry changes. */
const unitsOfWrite = ([before, after]: Image): number => {
  const [was, is] = [indexEntry(before), indexEntry(after)];
  const isSame = JSON.stringify(was) === JSON.stringify(is);
  return 2 * kilobytes(before, after) + (isSame ? 0 : kilobytes(was, is));
};

/**
 * What AWS charges for a request that succeeded. DynamoDB Local says so too, but counts nothing for an item that
 * is not there in a BatchGetItem, nor for a Query that finds none, which are at least one unit (developer guide,
 * "DynamoDB read and write operations"); and it adds the bytes of a transaction up before it rounds them.
 * @param answer with its ConsumedCapacity
 * @param images of what a transaction writes or checks
 */
export const unitsOf = (
  { operation, body }: Pick<TableRequest, 'operation' | 'body'>,
  answer: Item,
  images: readonly Image[] = [],
): Units => {
  const told = sumOf<Item>(
    [answer.ConsumedCapacity ?? []].flat(),
    ({ CapacityUnits }) => CapacityUnits,
  );
  switch (operation) {
    case 'GetItem':
    case 'TransactGetItems':
      return { read: told, write: 0 };
    case 'Query':
      return { read: Math.max(told, body.ConsistentRead ? 1 : 0.5), write: 0 };
    case 'BatchGetItem': {
      const [[name, { Keys, ConsistentRead }] = ['', { Keys: [] }]] = Object.entries<Item>(
        body.RequestItems,
      );
      const found = answer.Responses?.[name]?.length ?? 0;
      const left = answer.UnprocessedKeys?.[name]?.Keys.length ?? 0;
      const absent = Keys.length - found - left;
      return { read: told + absent * (ConsistentRead ? 1 : 0.5), write: 0 };
    }
    case 'TransactWriteItems':
      return { read: 0, write: sumOf(images, unitsOfWrite) };
    default:
      return { read: 0, write: told };
  }
};

/**
 * How often somebody had to wait for the table: the longest chain of requests of which each began after the one
 * before it was answered. That is exact where all take the same time, as a proxy can see to: see `hold`.
 */
const roundTripsOf = (requests: readonly TableRequest[]): number => {
  let trips = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const { began, ended } of requests.toSorted((a, b) => a.ended - b.ended)) {
    if (began < end) continue;
    trips++;
    end = ended;
  }
  return trips;
};

/** What some requests cost together. */
export const costOf = (requests: readonly TableRequest[]) => ({
  requests: requests.length,
  round_trips: roundTripsOf(requests),
  read_units: sumOf(requests, ({ units }) => units.read),
  write_units: sumOf(requests, ({ units }) => units.write),
});

/** Whether it is the authorizer that asks, whose answer the gateway keeps for five minutes. */
export const isByAuthorizer = ({ by }: TableRequest): boolean => by.startsWith('Authorizer');

/** Whether it only notes that an API key is in use, as one request of a key an hour does. */
export const isNote = (asked: TableRequest): boolean =>
  isByAuthorizer(asked) && asked.operation === 'UpdateItem';

/**
 * What to do instead of asking the table and passing its answer on; undefined does just that. A connection
 * may be cut before the table is asked, or after, so that the answer is lost.
 */
export type Instead = { status: number; body: object } | 'cut before' | 'cut after' | undefined;

/** A failure as DynamoDB tells of it. */
export const failing = (type: string, status = 400) => ({
  status,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'no' },
});

/**
 * Stands between functions and the table: sees each request, may do something before it or answer instead,
 * and knows what it cost.
 */
export const startProxyTo = async (
  endpoint: string,
  before: (seen: TableRequest) => Instead | Promise<Instead> = () => undefined,
) => {
  const seen: TableRequest[] = [];
  let counts = false;
  let leastMs = 0;

  const ask = async (target: string, headers: IncomingHttpHeaders, body: object) => {
    const text = JSON.stringify(body);
    const sent = { ...headers, 'x-amz-target': target, 'content-length': Buffer.byteLength(text) };
    return new Promise<{ status: number; text: Buffer }>((resolve, reject) => {
      const onward = request(endpoint, { method: 'POST', headers: sent }, async (answer) => {
        const parts: Buffer[] = [];
        for await (const part of answer) parts.push(part);
        resolve({ status: answer.statusCode ?? 500, text: Buffer.concat(parts) });
      });
      onward.on('error', reject);
      onward.end(text);
    });
  };

  /** The items that a transaction writes or checks, as they are now. */
  const imagesOf = async ({ body }: TableRequest, headers: IncomingHttpHeaders) => {
    const actions = (body.TransactItems ?? []).flatMap(Object.values) as Item[];
    const images = actions.map(async ({ TableName, Key, Item }) => {
      const { pk, sk } = Key ?? Item;
      const get = { TableName, Key: { pk, sk }, ConsistentRead: true };
      const { text } = await ask('DynamoDB_20120810.GetItem', headers, get);
      return JSON.parse(text.toString()).Item as Item | undefined;
    });
    return Promise.all(images);
  };

  /** Asks the table, and counts what that costs if it is to. */
  const passOn = async (one: TableRequest, target: string, headers: IncomingHttpHeaders) => {
    if (!counts) return ask(target, headers, one.body);
    const isTransaction = one.operation === 'TransactWriteItems';
    const were = isTransaction ? await imagesOf(one, headers) : [];
    const answer = await ask(target, headers, { ...one.body, ReturnConsumedCapacity: 'TOTAL' });
    const are = isTransaction ? await imagesOf(one, headers) : [];
    const images = were.map((was, n): Image => [was, are[n]]);
    // What a request costs that fails, the table does not say.
    if (answer.status === 200) {
      one.units = unitsOf(one, JSON.parse(answer.text.toString()), images);
    }
    return answer;
  };

  const server = createServer(async (http, response) => {
    const began = performance.now();
    const chunks: Buffer[] = [];
    for await (const chunk of http) chunks.push(chunk);
    const target = String(http.headers['x-amz-target']);
    const one: TableRequest = {
      by: /Credential=([^/]+)\//.exec(http.headers.authorization ?? '')?.[1] ?? '',
      operation: target.split('.').at(-1) ?? '',
      body: JSON.parse(Buffer.concat(chunks).toString()),
      units: { read: 0, write: 0 },
      began,
      ended: Number.POSITIVE_INFINITY,
    };
    seen.push(one);
    const instead = await before(one);
    if (instead === 'cut before') return response.destroy();
    const { status, text } =
      typeof instead === 'object'
        ? { status: instead.status, text: JSON.stringify(instead.body) }
        : await passOn(one, target, http.headers);
    const left = began + leastMs - performance.now();
    if (left > 0) await sleep(left);
    one.ended = performance.now();
    if (instead === 'cut after') return response.destroy();
    response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.0' });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What has been asked since this was last called. */
    take: () => seen.splice(0),
    /** Whether to count units from now on: that takes further requests to the table. */
    count: (isTo = true) => {
      counts = isTo;
    },
    /** How long each request is to take at least, so that those that go out at once are under way at once. */
    hold: (ms: number) => {
      leastMs = ms;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
