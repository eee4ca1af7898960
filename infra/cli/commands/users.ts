import type { Command } from 'commander';
import type { Permission } from '../../../lib/client/client.ts';
import { confirm, readNewPassword, readPassword } from '../ask.ts';
import { connect } from '../context.ts';
import { print, printJson, printTable } from '../output.ts';
import { permissionOption } from '../permission.ts';

interface PasswordOptions {
  passwordStdin?: boolean;
}

const list = async ({ prefix }: { prefix?: string }, command: Command): Promise<void> => {
  const { client, json } = connect(command);
  const query = { limit: 1000, ...(prefix !== undefined && { prefix }) };
  for await (const user of client.list('/api/v1/users', { query })) {
    await (json ? printJson(user) : print(user.username));
  }
};

const get = async (userName: string, _options: object, command: Command): Promise<void> => {
  const { client, json } = connect(command);
  const user = await client.get('/api/v1/users/{userName}', { path: { userName } });
  if (json) return printJson(user);
  await printTable(Object.entries(user));
};

const create = async (
  userName: string,
  options: PasswordOptions & { grant?: Permission[] },
  command: Command,
): Promise<void> => {
  const { client, json } = connect(command);
  const password = await readNewPassword(`Password for ${userName}`, options);
  const user = await client.post('/api/v1/users/{userName}', {
    path: { userName },
    body: { password, initial_policies: options.grant ?? [] },
  });
  await (json ? printJson(user) : print(`Created ${user.username}.`));
};

const remove = async (
  userName: string,
  options: { yes?: boolean },
  command: Command,
): Promise<void> => {
  const { client, connection, json } = connect(command);
  await confirm(`Delete the user ${userName}, and all it has, at ${connection.url}?`, options);
  await client.delete('/api/v1/users/{userName}', { path: { userName } });
  if (!json) await print(`Deleted ${userName}.`);
};

const setPassword = async (
  userName: string,
  options: PasswordOptions & { current?: boolean },
  command: Command,
): Promise<void> => {
  const { client, json } = connect(command);
  const current = options.current && (await readPassword('Current password', options));
  const new_password = await readNewPassword(`New password for ${userName}`, options);
  const answer = await client.put('/api/v1/users/{userName}/password', {
    path: { userName },
    body: { new_password, ...(current && { current_password: current }) },
  });
  const done = `The password of ${userName} is set, and its sessions are over.`;
  await (json ? printJson(answer) : print(done));
};

export const addUsers = (program: Command): void => {
  const users = program.command('users').description('Finds, makes and deletes users.');
  users
    .command('list')
    .description('Lists users by name, one a line.')
    .option('--prefix <text>', 'only names that begin so')
    .addHelpText('after', '\nExample:\n  $ bailiwick users list --prefix team-')
    .action(list);
  users
    .command('get')
    .description('Shows a user; its password hash only to who administers it.')
    .argument('<username>')
    .action(get);
  users
    .command('create')
    .description('Makes a user. Its password is asked for, or read from standard input.')
    .argument('<username>')
    .addOption(permissionOption('grant', 'what it may do from the beginning'))
    .option('--password-stdin', 'read the password from standard input')
    .addHelpText(
      'after',
      `
Examples:
  $ bailiwick users create johndoe --grant read:table:orders --grant admin:table:invoices
  $ openssl rand -base64 24 | bailiwick users create orders-service --password-stdin`,
    )
    .action(create);
  users
    .command('delete')
    .description('Deletes a user with its permissions, API keys and sessions.')
    .argument('<username>')
    .option('-y, --yes', 'do not ask')
    .action(remove);
  users
    .command('set-password')
    .description('Sets a password, and ends the sessions of the user.')
    .argument('<username>')
    .option(
      '--current',
      'ask for the current password first: as that user, without being its admin',
    )
    .option(
      '--password-stdin',
      'read from standard input; with --current that one first, one a line',
    )
    .action(setPassword);
};
