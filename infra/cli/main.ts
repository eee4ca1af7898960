#!/usr/bin/env node
import { exit, stderr } from 'node:process';
import { Command, CommanderError } from 'commander';
import { ApiError } from '../../lib/client/client.ts';
import about from '../../package.json' with { type: 'json' };
import { Problem } from '../local/problem.ts';
import { exitCodes } from './ask.ts';
import { addAudit } from './commands/audit.ts';
import { addCheck } from './commands/check.ts';
import { addExport } from './commands/export.ts';
import { addGrants } from './commands/grants.ts';
import { addImport } from './commands/import.ts';
import { addKeys } from './commands/keys.ts';
import { addLogin } from './commands/login.ts';
import { addSessions } from './commands/sessions.ts';
import { addUsers } from './commands/users.ts';
import { endWithReader, plain, tell } from './output.ts';
import { UsageError } from './usage-error.ts';

const [failed, wrongUsage] = [1, 2];

const help = `
Where it is and who asks, each from the first that says it:
  --url and --token-file, BAILIWICK_URL and BAILIWICK_TOKEN, "bailiwick login", the laptop's stack.
  A kept token goes to its own address only. No option takes a token: every process here could see it.

Exit codes: 0 done, 1 refused or failed, 2 not written right. Of "check": 0 yes, 1 no, 3 not known.

Examples:
  $ npx bailiwick whoami
  $ npx bailiwick login johndoe --url https://id.example.com
  $ npx bailiwick users create johndoe --grant read:table:orders
  $ npx bailiwick check johndoe read table orders
  $ npx bailiwick export users.ndjson`;

/** What stands behind an option that nobody knows may be a secret that was meant for somewhere else. */
const withoutValues = (text: string): string =>
  text.replace(/(--[\w-]+)=.*'/s, "$1'").replace(/(unknown option '-\w).*'/s, "$1'");

const createProgram = (): Command => {
  const program = new Command('bailiwick')
    .description(`${about.description}.`)
    .version(about.version)
    .option('--url <url>', 'where Bailiwick is')
    .option('--token-file <file>', 'a file that holds a token')
    .option('--json', 'print what the API answers as JSON, lists with one item a line')
    .addHelpText('after', help)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: (text, write) => write(plain(withoutValues(text))) })
    .showHelpAfterError('Add --help to see how it is written.')
    .exitOverride();
  addLogin(program);
  addUsers(program);
  addGrants(program);
  addKeys(program);
  addSessions(program);
  addCheck(program);
  addAudit(program);
  addExport(program);
  addImport(program);
  return program;
};

/** What to tell of a failure; of one that nobody thought of, all there is. */
const textOf = (error: unknown): string => {
  if (error instanceof ApiError && error.requestId) {
    return `${error.message} (Request ${error.requestId}.)`;
  }
  const isKnown = [ApiError, Problem, UsageError].some((kind) => error instanceof kind);
  return isKnown ? (error as Error).message : ((error as Error).stack ?? String(error));
};

for (const [signal, code] of Object.entries(exitCodes)) {
  // Only an exit of our own discards files that hold secrets and are not whole.
  process.on(signal, () => {
    // Beside what a bar has left there.
    if (stderr.isTTY) stderr.write('\n');
    exit(code);
  });
}
endWithReader();
try {
  await createProgram().parseAsync();
} catch (error) {
  // Commander has told its own, and counts help as one.
  if (error instanceof CommanderError) exit(error.exitCode === 0 ? 0 : wrongUsage);
  tell(textOf(error));
  exit(error instanceof UsageError ? wrongUsage : (process.exitCode ?? failed));
}
