import { env } from 'node:process';
import type { Command } from 'commander';
import { type Client, createClient } from '../../lib/client/client.ts';
import type { Patience } from '../../lib/client/retry.ts';
import { type Connection, type Flags, findConnection } from './connection.ts';
import { UsageError } from './usage-error.ts';

/** Somebody waits: so a stack that does not run shows in two seconds. */
const short: Patience = { tries: 4, totalMs: 30_000 };

/** For work of many requests, which some minutes of trouble are not to end. */
const long: Patience = { tries: 15, totalMs: 300_000 };

interface Context {
  client: Client;
  /** The same for work of many requests. */
  patientClient: Client;
  connection: Connection;
  /** Whether to print what the API answers instead of text. */
  json: boolean;
}

/**
 * Clients of what the options of every command, the environment or a login say. Once a command: a token file
 * may be a pipe.
 */
export const connect = (command: Command): Context => {
  const flags = command.optsWithGlobals<Flags & { json?: boolean }>();
  const connection = findConnection(flags, env);
  const { url, token } = connection;
  if (token === undefined) {
    throw new UsageError(
      `There is no token for ${url}: log in with "bailiwick login", or give one by --token-file or BAILIWICK_TOKEN.`,
    );
  }
  return {
    client: createClient({ url, token, patience: short }),
    patientClient: createClient({ url, token, patience: long }),
    connection,
    json: flags.json ?? false,
  };
};
