import { createHash } from 'node:crypto';

/** Most bytes of a line that is read: some 300,000 permissions of one user, of which there is no limit. */
const mostBytes = 32 * 1024 * 1024;

/** A line of a file of any size. */
export interface Line {
  /** From 1. */
  number: number;
  /** Without its end and without a byte order mark; undefined of one that is longer than 32 MB. */
  bytes: Buffer | undefined;
  /** SHA-256, in hex, of all there is from the beginning of the file to the end of this line. */
  digest: string;
  /** How many bytes of the file that is. */
  end: number;
}

const lineFeed = 0x0a;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

const withoutFrame = (bytes: Buffer, number: number): Buffer => {
  const start = number === 1 && bytes.subarray(0, 3).equals(byteOrderMark) ? 3 : 0;
  const end = bytes.at(-1) === 0x0d ? bytes.length - 1 : bytes.length;
  return bytes.subarray(start, Math.max(start, end));
};

/** Splits a file into lines while it is read; the last one needs no end. Holds one line at a time. */
export async function* linesOf(file: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  const hash = createHash('sha256');
  let parts: Buffer[] = [];
  let length = 0;
  let number = 0;
  let end = 0;

  const add = (part: Buffer) => {
    length += part.length;
    if (length <= mostBytes) parts.push(part);
    else parts = [];
  };
  const take = (): Line => {
    number++;
    const bytes = length <= mostBytes ? withoutFrame(Buffer.concat(parts), number) : undefined;
    parts = [];
    length = 0;
    return { number, bytes, digest: hash.copy().digest('hex'), end };
  };

  for await (const chunk of file) {
    let start = 0;
    while (start < chunk.length) {
      const at = chunk.indexOf(lineFeed, start);
      const stop = at === -1 ? chunk.length : at + 1;
      hash.update(chunk.subarray(start, stop));
      end += stop - start;
      add(chunk.subarray(start, at === -1 ? stop : at));
      if (at !== -1) yield take();
      start = stop;
    }
  }
  if (length > 0) yield take();
}
