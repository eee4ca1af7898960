import type { Call } from './measure.ts';

/** What is measured of each, as far as it has it. A check is about the caller unless it says so. */
export const operations = [
  'who am I by API key',
  'permission check',
  'permission check of another user',
  'list 100',
  'create user',
  'set password',
  'delete user',
] as const;

export type OperationName = (typeof operations)[number];

/** One of those compared, running in a process of its own. */
export interface System {
  name: string;
  baseUrl: string;
  pid: number;
  /** Adds users of these names, past the API. */
  seed(names: readonly string[]): Promise<void>;
  operations: Partial<Record<OperationName, (user: string, password: string) => Call>>;
  /** The names in an answer to `list 100`. */
  namesIn(body: string): string[];
  close(): Promise<void>;
}
