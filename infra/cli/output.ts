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

/** Writes no faster than it is read. */
export const print = async (line: string): Promise<void> => {
  if (!stdout.write(`${line}\n`)) await once(stdout, 'drain');
};

export const printJson = (value: unknown): Promise<void> => print(JSON.stringify(value));

/** A terminal obeys control characters, and nobody's text is to rule it. */
const plain = (text: string): string => text.replace(/\p{Cc}/gu, '�');

/** Prints columns, each as wide as its widest. */
export const printTable = async (rows: readonly (readonly string[])[]): Promise<void> => {
  const texts = rows.map((row) => row.map(plain));
  const widths = (texts[0] ?? []).map((_, column) =>
    Math.max(...texts.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of texts) {
    const line = row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ');
    await print(line.trimEnd());
  }
};
