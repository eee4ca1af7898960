import type { Command } from 'commander';
import { confirm } from '../ask.ts';
import { connect } from '../context.ts';
import { print } from '../output.ts';

const end = async (
  userName: string,
  options: { yes?: boolean },
  command: Command,
): Promise<void> => {
  const { client, connection, json } = connect(command);
  await confirm(`End every session of ${userName} at ${connection.url}?`, options);
  await client.delete('/api/v1/users/{userName}/sessions', { path: { userName } });
  if (!json) await print(`The sessions of ${userName} are over.`);
};

export const addSessions = (program: Command): void => {
  const sessions = program.command('sessions').description('Sessions of a user.');
  sessions
    .command('end')
    .description('Logs a user out everywhere. Its API keys work on.')
    .argument('<username>')
    .option('-y, --yes', 'do not ask')
    .action(end);
};
