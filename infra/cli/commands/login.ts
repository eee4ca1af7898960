import { env } from 'node:process';
import type { Command } from 'commander';
import { ApiError, createClient } from '../../../lib/client/client.ts';
import { Problem } from '../../local/problem.ts';
import { readPassword } from '../ask.ts';
import { type Flags, findConnection } from '../connection.ts';
import { connect } from '../context.ts';
import { forgetLogin, keepLogin, type Login, loginFile, readLogin } from '../kept-login.ts';
import { print, printJson, tell } from '../output.ts';
import { printPermissions } from '../permission.ts';

type Options = Omit<Parameters<typeof createClient>[0], 'url' | 'token'>;

/** Ends a session at the server; one that is over already is just as good. */
const end = async ({ url, token }: Login, options: Options = {}): Promise<void> => {
  await createClient({ url, token, ...options })
    .delete('/api/v1/sessions/current')
    .catch((error) => {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
    });
};

/** Of what is no reason to let a person wait. */
const once: Options = { patience: { tries: 1, totalMs: 0 }, timeoutMs: 5000 };

const login = async (
  username: string,
  options: { expiresIn?: string; passwordStdin?: boolean },
  command: Command,
): Promise<void> => {
  const flags = command.optsWithGlobals<Flags & { json?: boolean }>();
  const { url } = findConnection(flags, env);
  const password = await readPassword(`Password of ${username} at ${url}`, options);
  const { expiresIn } = options;
  const session = await createClient({ url }).post('/api/v1/sessions', {
    body: { username, password, ...(expiresIn !== undefined && { expires_in: expiresIn }) },
  });
  const before = readLogin(env);
  const { token, expires_at } = session;
  keepLogin(env, { url, username: session.username, token, expires_at });
  // Nobody could end it any more. If it cannot be ended now, it ends by its time.
  if (before) await end(before, once).catch(() => {});
  // The token is in the file, and need not be anywhere else.
  await (flags.json
    ? printJson({ username: session.username, expires_at, url })
    : print(`Logged in as ${session.username} at ${url} until ${expires_at}.`));
};

const logout = async (_options: object, command: Command): Promise<void> => {
  const kept = readLogin(env);
  if (!kept) throw new Problem('Nobody is logged in here.');
  await end(kept);
  forgetLogin(env);
  if (command.optsWithGlobals<{ json?: boolean }>().json) return;
  await print(`Logged out: the session of ${kept.username} at ${kept.url} is over.`);
};

const whoami = async (_options: object, command: Command): Promise<void> => {
  const { client, connection, json } = connect(command);
  const { url, urlFrom, tokenFrom } = connection;
  const me = await client.get('/api/v1/users/me');
  if (json) return printJson({ ...me, url, url_from: urlFrom, token_from: tokenFrom });
  await print(`${me.username} at ${url}`);
  const from = urlFrom === tokenFrom ? urlFrom : `${urlFrom}, the token from ${tokenFrom}`;
  tell(`(The address is from ${from}.)`);
  await printPermissions(me.permissions, false);
};

export const addLogin = (program: Command): void => {
  program
    .command('login')
    .summary('Begins a session and keeps its token.')
    .description(
      `Begins a session and keeps its token in ${loginFile(env)}, which only you can read. The password is asked for, or read from standard input; never an argument, which every process here could see.`,
    )
    .argument('<username>')
    .option('--expires-in <duration>', 'how long it lasts, as 30m; 12h otherwise')
    .option('--password-stdin', 'read the password from standard input')
    .addHelpText('after', '\nExample:\n  $ bailiwick login johndoe --url https://id.example.com')
    .action(login);
  program
    .command('logout')
    .summary('Ends that session.')
    .description('Ends the session that "login" began, and forgets its token.')
    .action(logout);
  program
    .command('whoami')
    .summary('Says who you are, where, and what you may do.')
    .description(
      'Says whose token is used, from where it is, and what it may do: the first 5 MB of it, some 50,000 permissions. "grants list" has all that a user is granted.',
    )
    .action(whoami);
};
