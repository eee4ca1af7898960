import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { ApiError } from '../../../lib/client/client.ts';
import { Problem } from '../../local/problem.ts';
import { connect } from '../context.ts';
import { count } from '../options.ts';
import { print, printJson } from '../output.ts';
import { createPrivateFile } from '../private-file.ts';
import {
  checkLines,
  findStart,
  importUsers,
  newTally,
  sizeOf,
  type Tally,
} from '../transfer/import.ts';
import { openJournal } from '../transfer/journal.ts';
import type { Line } from '../transfer/lines.ts';
import { startProgress } from '../transfer/progress.ts';
import { UsageError } from '../usage-error.ts';

interface Options {
  dryRun?: boolean;
  concurrency: number;
  rejects?: string;
  existing: 'leave' | 'complete';
}

const help = `
A line is {"username", "password_hash", "permissions"}. The hash is the text of a bcrypt or argon2id hash, or
base64 of it; "password" may stand there instead; permissions, as {"resource", "resource_type", "type"}, may be
missing. Empty lines are skipped. Those that are wrong or refused are told by number and reason, and the rest
goes on. A line of more than 32 MB is not read: it is told, and --rejects leaves it out.

Run it again after it was stopped, in whatever way: it comes to the same as if it had not been. A user that is
there already with the hash or password of its line is taken for one that an earlier run made, and its missing
permissions are added. One with another is told and left as it is: it is somebody else's, or has logged in since
an earlier run made it, which renews a hash of another system, or changed its password. Look at who is told; if
they are the file's, --existing complete gives them the permissions of their lines. FILE.progress, beside the file, says how far it is,
so that the next run need not ask for every user; it holds nothing secret and goes when all is done.

Examples:
  $ bailiwick import users.ndjson --dry-run
  $ bailiwick import users.ndjson --rejects wrong.ndjson
  $ $EDITOR wrong.ndjson && bailiwick import wrong.ndjson`;

const summaryOf = ({ lines, made, there, before, wrong, refused }: Tally): string =>
  [
    `${lines} lines: ${made} users made`,
    `${there} there already`,
    ...(before > 0 ? [`${before} by an earlier run`] : []),
    `${wrong} wrong`,
    `${refused} refused.`,
  ].join(', ');

const run = async (file: string, options: Options, command: Command): Promise<void> => {
  const { dryRun, rejects, concurrency, existing } = options;
  const { json } = command.optsWithGlobals<{ json?: boolean }>();
  if (rejects !== undefined && resolve(rejects) === resolve(file)) {
    throw new UsageError('--rejects is the file that is imported: name another.');
  }
  const size = sizeOf(file);
  const rejected = rejects === undefined ? undefined : createPrivateFile(rejects);

  let bytes = 0;
  let tally = newTally();
  const progress = startProgress(() => ({
    part: size > 0 ? bytes / size : 1,
    text: `${tally.made + tally.there} users`,
  }));
  const job = {
    file,
    reject: (line: Line, sentence: string) => {
      progress.tell(`${file}:${line.number}: ${sentence}`);
      if (line.bytes) rejected?.write(line.bytes);
    },
    progress: (read: number) => {
      bytes = read;
    },
  };

  const send = async (): Promise<unknown> => {
    const { client: hasty, patientClient: client, connection } = connect(command);
    // Who may not, or is not there, is told at once.
    await hasty.get('/api/v1/users/me');
    const name = `${file}.progress`;
    const journal = openJournal(name, connection.url);
    const start = await findStart({ client, file, journal }, name);
    if (journal.mark && !start)
      progress.tell(`${file} has changed: it is read from its beginning.`);
    if (start) progress.tell(`Going on after line ${start.line}.`);
    journal.begin(start);
    const completes = existing === 'complete';
    const all = { ...job, client, journal, concurrency, completes };
    const stopped = await importUsers(all, start?.line ?? 0, tally);
    if (stopped === undefined && tally.refused === 0) journal.remove();
    return stopped;
  };

  let stopped: unknown;
  try {
    if (dryRun) tally = await checkLines(job);
    else stopped = await send();
  } finally {
    progress.stop();
  }
  rejected?.keep();
  // Whoever reads what is printed may stop there.
  if (stopped !== undefined || tally.wrong + tally.refused > 0) process.exitCode = 1;
  await (json
    ? printJson(tally)
    : print(
        dryRun ? `${tally.lines} lines: ${tally.wrong} wrong. Nothing was sent.` : summaryOf(tally),
      ));
  if (stopped instanceof ApiError) {
    throw new Problem(`It stopped before the end: ${stopped.message} Run it again to go on.`);
  }
  if (stopped !== undefined) throw stopped;
};

export const addImport = (program: Command): void => {
  program
    .command('import')
    .summary('Makes the users of a file.')
    .description('Makes the users of a file with one JSON a line, as "export" writes it.')
    .argument('<file>')
    .option('--dry-run', 'look for wrong lines, and send nothing')
    .option(
      '--rejects <file>',
      'put wrong and refused lines there as they are, up to 32 MB each; only you can read it',
    )
    .option('--concurrency <count>', 'users made at once', count, 8)
    .addOption(
      new Option(
        '--existing <how>',
        'what to do with a user that is there with another password hash',
      )
        .choices(['leave', 'complete'])
        .default('leave'),
    )
    .addHelpText('after', help)
    .action(run);
};
