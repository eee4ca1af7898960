import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';

/** The map that lies beside a bundle; undefined where the sources themselves run. */
const readMap = (): SourceMap | undefined => {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${__filename}.map`, 'utf8')));
  } catch {
    return undefined;
  }
};

// Read at the first error and not before: a cold start has no time for it.
let map: { read: SourceMap | undefined } | undefined;

const place = /^(\s+at ).*?\(?(\/[^()]*):(\d+):(\d+)\)?$/;

/** A frame of a bundle, `at x (/var/task/index.js:3:141)`, as the sources have it: `at lib/names.ts:5:9`. */
const toSource = (frame: string): string => {
  const [, at, file, line, column] = place.exec(frame) ?? [];
  if (file !== __filename) return frame;
  const origin = map?.read?.findOrigin(Number(line), Number(column));
  if (!origin || !('fileName' in origin)) return frame;
  return `${at}${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}`;
};

/** Where an error came from: at most so many frames, without its message, by the sources' lines. */
export const framesOf = (error: Error, most: number): string[] => {
  map ??= { read: readMap() };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return frames.slice(0, most).map(map.read ? toSource : (frame) => frame);
};
