import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { Problem } from '../../local/problem.ts';
import { createPrivateFile } from '../private-file.ts';
import type { Line } from './lines.ts';

/** How far an import is, and of what file. */
interface Mark {
  /** All lines up to this one are dealt with. */
  line: number;
  /** Of the file to the end of that line: see `lines.ts`. */
  digest: string;
}

type Entry = { url: string } | Mark | { refused: number };

/** Lines between two marks: what is lost with the last mark is found again at the API. */
const stride = 50;

const entriesOf = (file: string): Entry[] => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new Problem(`${file} cannot be read: ${(error as Error).message}.`);
  }
  // What was killed may have left half an entry as its last.
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
};

/**
 * What lies beside a file that is imported, so that the next run goes on where this one ends. It holds no
 * secrets, and only saves time: without it every user is asked for again, and found to be there.
 */
export const openJournal = (file: string, url: string) => {
  const entries = entriesOf(file);
  const isOfUrl = entries.some((entry) => 'url' in entry && entry.url === url);
  const before = isOfUrl ? entries : [];
  const mark = before.findLast((entry): entry is Mark => 'digest' in entry);
  const refused = new Set(before.flatMap((entry) => ('refused' in entry ? [entry.refused] : [])));
  let written = 0;

  const append = (entry: Entry) => appendFileSync(file, `${JSON.stringify(entry)}\n`);

  return {
    /** Where the run before ended; undefined for the first run. */
    mark,
    /** Lines before that which the API refused: they are sent again. */
    refused,
    /** Begins anew or goes on from the mark. Throws a Problem when it cannot be written. */
    begin: (from: Mark | undefined): void => {
      // What is begun anew notes its own.
      if (!from) refused.clear();
      const kept = from ? [from, ...[...refused].map((line) => ({ refused: line }))] : [];
      written = from?.line ?? 0;
      const whole = createPrivateFile(file);
      for (const entry of [{ url }, ...kept]) whole.write(JSON.stringify(entry));
      whole.keep();
    },
    /** Notes a line that the API refused, before a mark passes it. */
    refuse: (line: number): void => {
      if (!refused.has(line)) append({ refused: line });
    },
    /** Notes how far it is. @param isLast of this run */
    reach: ({ number: line, digest }: Pick<Line, 'number' | 'digest'>, isLast = false): void => {
      if (line <= written || (!isLast && line < written + stride)) return;
      append({ line, digest });
      written = line;
    },
    /** All is done. */
    remove: (): void => rmSync(file, { force: true }),
  };
};

export type Journal = ReturnType<typeof openJournal>;
