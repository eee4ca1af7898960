import type { Command } from 'commander';
import type { ApiKey, Permission } from '../../../lib/client/client.ts';
import { confirm } from '../ask.ts';
import { connect } from '../context.ts';
import { print, printJson, printTable, tell } from '../output.ts';
import { permissionOption } from '../permission.ts';

const route = '/api/v1/users/{userName}/api-keys';

const rowOf = ({ key_id, name, expires_at, last_used_at, permissions }: ApiKey): string[] => [
  key_id,
  name,
  expires_at ? `until ${expires_at}` : 'for ever',
  last_used_at ? `used ${last_used_at}` : 'never used',
  permissions
    ? permissions.map((one) => `${one.type}:${one.resource_type}:${one.resource}`).join(' ')
    : 'all that its owner may',
];

const list = async (userName: string, _options: object, command: Command): Promise<void> => {
  const { client, json } = connect(command);
  const keys = await client.get(route, { path: { userName } });
  if (!json) return printTable(keys.map(rowOf));
  for (const key of keys) await printJson(key);
};

const create = async (
  userName: string,
  name: string,
  options: { expiresIn?: string; permission?: Permission[] },
  command: Command,
): Promise<void> => {
  const { client, json } = connect(command);
  const { expiresIn, permission } = options;
  const key = await client.post(route, {
    path: { userName },
    body: {
      name,
      ...(expiresIn !== undefined && { expires_in: expiresIn }),
      ...(permission && { permissions: permission }),
    },
  });
  if (json) return printJson(key);
  tell(`The token of key ${key.key_id}, shown this once:`);
  await print(key.encoded);
};

const remove = async (
  userName: string,
  keyId: string,
  options: { yes?: boolean },
  command: Command,
): Promise<void> => {
  const { client, connection, json } = connect(command);
  await confirm(`Delete the key ${keyId} of ${userName} at ${connection.url}?`, options);
  const path = { userName, keyId };
  await client.delete('/api/v1/users/{userName}/api-keys/{keyId}', { path });
  if (!json) await print(`Deleted the key ${keyId}.`);
};

export const addKeys = (program: Command): void => {
  const keys = program.command('keys').description('API keys of a user.');
  keys
    .command('list')
    .description('Lists live keys, never a secret.')
    .argument('<username>')
    .action(list);
  keys
    .command('create')
    .description('Makes a key, and prints its token this once.')
    .argument('<username>')
    .argument('<name>', 'what it is for')
    .option('--expires-in <duration>', 'how long it lives, as 720h; for ever otherwise')
    .addOption(permissionOption('permission', 'what it is limited to'))
    .addHelpText(
      'after',
      '\nExample:\n  $ bailiwick keys create johndoe "nightly report" --expires-in 720h --permission read:table:invoices > token',
    )
    .action(create);
  keys
    .command('delete')
    .description('Ends a key at once.')
    .argument('<username>')
    .argument('<key_id>')
    .option('-y, --yes', 'do not ask')
    .action(remove);
};
