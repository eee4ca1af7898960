import { writeSync } from 'node:fs';
import type { LogFields } from '../../lib/log.ts';

interface Line extends LogFields {
  level: string;
  message: string;
  time: string;
}

/**
 * A line of a function's log (`lib/log.ts`) as a person reads it: time, level, what was done with which outcome and
 * in what time, the other fields by name, and the places that an error came through below it.
 * Any other text is left as it is.
 */
export const forPeople = (text: string): string => {
  let line: Line;
  try {
    line = Object(JSON.parse(text));
  } catch {
    return text;
  }
  const { level, message, time, operation, status, duration_ms, error, ...named } = line;
  if (!level || !time) return text;
  const done = operation ? `${operation.padEnd(22)} ${status} ${duration_ms} ms ` : message;
  // On a laptop no other log has it.
  delete named.lambda_request_id;
  return [
    `${time.slice(11, 23)} ${level.padEnd(5)} ${done}`,
    ...Object.entries(named).map(([name, value]) => `${name}=${value}`),
    ...(error
      ? [error.name, error.cause && `(${error.cause})`, error.stack && `\n${error.stack}`]
      : []),
  ]
    .filter(Boolean)
    .join(' ');
};

/** Never woken: to wait on it is to let a millisecond pass. */
const clock = new Int32Array(new SharedArrayBuffer(4));

/** Writes the whole text, though a pipe may take a part of it, or nothing just now. */
const writeWhole = (text: string): void => {
  let bytes = Buffer.from(text);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(2, bytes));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      Atomics.wait(clock, 0, 0, 1);
    }
  }
};

/**
 * Sends this thread's standard output to the process's standard error, which leaves the output for what a person
 * should read. By way of the main thread a line would take as long as a read from the table.
 * @param people whether lines are for people; else they are as Lambda would log them
 */
export const redirectLog = (stdout: NodeJS.WriteStream, people: boolean): void => {
  stdout.write = (chunk: string | Uint8Array): boolean => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    writeWhole(people ? `${forPeople(text.trimEnd())}\n` : text);
    return true;
  };
};
