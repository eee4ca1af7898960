import { env } from 'node:process';
import type { Command } from 'commander';
import { type Client, createClient } from '../../lib/client/client.ts';
import type { Patience } from '../../lib/client/retry.ts';
import { type Connection, type Flags, findConnection } from './connection.ts';
import { UsageError } from './usage-error.ts';

/** Somebody waits: so a stack that does not run shows in two seconds. */
const short: Patience = { tries: 4, totalMs: 30_000 };

interface Context {
  client: Client;
  connection: Connection;
  /** Whether to print what the API answers instead of text. */
  json: boolean;
}

/** A client of what the options of every command, the environment or a login say. */
export const connect = (command: Command, patience = short): Context => {
  const flags = command.optsWithGlobals<Flags & { json?: boolean }>();
  const connection = findConnection(flags, env);
  const { url, token } = connection;
  if (token === undefined) {
    throw new UsageError(
      `There is no token for ${url}: log in with "bailiwick login", or give one by --token-file or BAILIWICK_TOKEN.`,
    );
  }
  return { client: createClient({ url, token, patience }), connection, json: flags.json ?? false };
};
