import { once } from 'node:events';
import { exit, stderr, stdout } from 'node:process';

/**
 * Whoever reads our output may stop, as `head` does: then all is done, and ends as it would have. What is
 * told on stderr is by the way: without a reader the work goes on.
 */
export const endWithReader = (): void => {
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') exit(process.exitCode ?? 0);
    throw error;
  });
  stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
};

/** A terminal obeys control characters, and nobody's text is to rule it. Ends of lines are left. */
export const plain = (text: string): string => text.replace(/[^\P{Cc}\n]/gu, '�');

const write = async (line: string): Promise<void> => {
  if (!stdout.write(`${line}\n`)) await once(stdout, 'drain');
};

/** Writes one line, no faster than it is read. */
export const print = (line: string): Promise<void> => write(plain(line).replaceAll('\n', '�'));

/** What stands beside the output, on stderr. */
export const tell = (text: string): void => {
  stderr.write(`${plain(text)}\n`);
};

/** JSON in one line without control characters: its own rules leave some as they are. */
export const toJson = (value: unknown): string =>
  JSON.stringify(value ?? null).replace(
    /\p{Cc}/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

export const printJson = (value: unknown): Promise<void> => write(toJson(value));

/** Prints columns, each as wide as its widest. */
export const printTable = async (rows: readonly (readonly string[])[]): Promise<void> => {
  const widths = (rows[0] ?? []).map((_, column) =>
    rows.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), 0),
  );
  for (const row of rows) {
    const line = row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ');
    await print(line.trimEnd());
  }
};
