import type { Call } from './measure.ts';

/** What is measured of each. Those that take a user take one's name; each of them is called once a name. */
export const operations = [
  'who am I by API key',
  'permission check',
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
  operations: Record<OperationName, (user: string, password: string) => Call>;
  /** The names in an answer to `list 100`. */
  namesIn(body: string): string[];
  close(): Promise<void>;
}
