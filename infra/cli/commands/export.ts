import type { Command } from 'commander';
import { connect } from '../context.ts';
import { count } from '../options.ts';
import { print, printJson, toJson } from '../output.ts';
import { createPrivateFile } from '../private-file.ts';
import { exportUsers } from '../transfer/export.ts';
import { startProgress } from '../transfer/progress.ts';

const run = async (
  file: string | undefined,
  options: { prefix?: string; concurrency: number },
  command: Command,
): Promise<void> => {
  const { patientClient, json } = connect(command);
  const target = file === undefined ? undefined : createPrivateFile(file);
  let users = 0;
  const progress = target && startProgress(() => ({ text: `${users} users` }));
  try {
    for await (const user of exportUsers(patientClient, options)) {
      if (target) target.write(toJson(user));
      else await printJson(user);
      users++;
    }
  } finally {
    progress?.stop();
  }
  if (!target) return;
  target.keep();
  await (json ? printJson({ users }) : print(`Users exported to ${file}: ${users}.`));
};

export const addExport = (program: Command): void => {
  program
    .command('export')
    .summary('Writes all users with their hashes and permissions.')
    .description(
      `Writes all users, by name, one JSON a line: {"username", "password_hash", "permissions"}. API keys, sessions and histories stay where they are. It holds password hashes: a file is made readable for you only, and stands there when it is whole. Only kill -9 leaves a part, in a file of that name with .….new behind it.`,
    )
    .argument('[file]', 'standard output otherwise')
    .option('--prefix <text>', 'only names that begin so')
    .option('--concurrency <count>', 'users read at once', count, 8)
    .addHelpText(
      'after',
      '\nExamples:\n  $ bailiwick export users.ndjson\n  $ bailiwick export --prefix team- | gpg -e -r me > users.gpg',
    )
    .action(run);
};
