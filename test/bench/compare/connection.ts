// A client of HTTP/1.1 that costs a fraction of node:http's: on a machine of few processors whoever measures
// takes its time from whom it measures.
import { createConnection, type Socket } from 'node:net';

export interface Answer {
  status: number;
  body: string;
}

/** One connection, kept alive; one request at a time. */
export interface Connection {
  send(request: string): Promise<Answer>;
  close(): void;
}

const crlf = '\r\n';

/** A request as it goes over the wire. Path, headers and body are ASCII. */
export const toRequest = (
  route: string,
  headers: Record<string, string>,
  body?: object | string,
): string => {
  const text = typeof body === 'object' ? JSON.stringify(body) : (body ?? '');
  const all = {
    Host: 'localhost',
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...headers,
    ...(body !== undefined && { 'Content-Length': text.length }),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`${route} HTTP/1.1`, ...lines, '', text].join(crlf);
};

/** The body in chunks, joined; undefined while some are missing (RFC 9112 section 7.1). */
const joinChunks = (text: string, start: number): string | undefined => {
  let body = '';
  for (let at = start; ; ) {
    const lineEnd = text.indexOf(crlf, at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(text.slice(at, lineEnd), 16);
    const from = lineEnd + 2;
    if (text.length < from + size + 2) return undefined;
    if (size === 0) return body;
    body += text.slice(from, from + size);
    at = from + size + 2;
  }
};

/** An answer in latin1, so that lengths are bytes; undefined while some of it is missing. */
const parse = (text: string): Answer | undefined => {
  const end = text.indexOf(crlf + crlf);
  if (end < 0) return undefined;
  const head = text.slice(0, end).toLowerCase();
  const status = Number(head.slice(9, 12));
  const start = end + 4;
  if (head.includes('\ntransfer-encoding: chunked')) {
    const body = joinChunks(text, start);
    return body === undefined ? undefined : { status, body };
  }
  const length = Number(/\ncontent-length: (\d+)/.exec(head)?.[1] ?? 0);
  return text.length < start + length ? undefined : { status, body: text.slice(start) };
};

export const connect = async (baseUrl: string): Promise<Connection> => {
  const { hostname, port } = new URL(baseUrl);
  const socket: Socket = createConnection({ host: hostname, port: Number(port), noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve).once('error', reject);
  });
  socket.setEncoding('latin1');
  let text = '';
  let waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;
  const fail = (error = new Error('The server has closed the connection.')) =>
    waiting?.reject(error);
  socket.on('error', fail).on('close', () => fail());
  socket.on('data', (chunk: string) => {
    text += chunk;
    const answer = parse(text);
    if (!answer) return;
    text = '';
    waiting?.resolve(answer);
  });
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request, 'latin1');
      }),
    close: () => socket.destroy(),
  };
};
