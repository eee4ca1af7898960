import { stdout } from 'node:process';
import { framesOf } from './stack.ts';

/** The only fields a log line may carry: nothing here ever holds a secret, a password or a hash. */
export interface LogFields {
  operation?: string;
  request_id?: string;
  lambda_request_id?: string;
  user_id?: string | undefined;
  token_id?: string | undefined;
  status?: number;
  duration_ms?: number;
  error?: { name: string; stack?: string; cause?: string };
}

const write = (level: 'info' | 'warn' | 'error', message: string, fields: LogFields) => {
  const line = { level, message, time: new Date().toISOString(), ...fields };
  stdout.write(`${JSON.stringify(line)}\n`);
};

/** Structured log: one JSON object a line. `message` is a constant text, never made from input. */
export const log = {
  info: (message: string, fields: LogFields = {}) => write('info', message, fields),
  warn: (message: string, fields: LogFields = {}) => write('warn', message, fields),
  error: (message: string, fields: LogFields = {}) => write('error', message, fields),
};

/**
 * An error as the log may show it: class, place and the class of its cause. Messages of foreign
 * errors are left out, since parsers and DynamoDB quote their input in them.
 */
export const describeError = (error: unknown): NonNullable<LogFields['error']> => {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = framesOf(error, 8);
  return {
    name: error.name,
    ...(frames.length > 0 && { stack: frames.join('\n') }),
    ...(error.cause instanceof Error && { cause: error.cause.name }),
  };
};
