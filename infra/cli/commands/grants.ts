import type { Command } from 'commander';
import type { Permission } from '../../../lib/client/client.ts';
import { confirm } from '../ask.ts';
import { connect } from '../context.ts';
import { print, printJson } from '../output.ts';
import { permissionArguments, printPermissions } from '../permission.ts';

const route = '/api/v1/users/{userName}/permissions';

const list = async (userName: string, _options: object, command: Command): Promise<void> => {
  const { client, json } = connect(command);
  await printPermissions(client.list(route, { path: { userName } }), json);
};

const add = async (
  userName: string,
  type: Permission['type'],
  resource_type: string,
  resource: string,
  _options: object,
  command: Command,
): Promise<void> => {
  const { client, json } = connect(command);
  const body = { resource, resource_type, type };
  const answer = await client.post(route, { path: { userName }, body });
  const done = `${userName} may ${type} ${resource_type} ${resource}.`;
  await (json ? printJson(answer) : print(done));
};

const remove = async (
  userName: string,
  type: Permission['type'] | 'all',
  resourceType: string,
  resource: string,
  options: { yes?: boolean },
  command: Command,
): Promise<void> => {
  const { client, connection, json } = connect(command);
  const what = `${type} on ${resourceType} ${resource}`;
  await confirm(`Take ${what} from ${userName} at ${connection.url}?`, options);
  const query = { resource, resourceType, ...(type !== 'all' && { type }) };
  await client.delete(route, { path: { userName }, query });
  if (!json) await print(`Took ${what} from ${userName}.`);
};

export const addGrants = (program: Command): void => {
  const grants = program.command('grants').description('What a user is granted.');
  grants
    .command('list')
    .description('Lists what a user is granted: type, resource type, resource.')
    .argument('<username>')
    .action(list);
  const adding = grants
    .command('add')
    .description('Grants a permission; what is granted already stays so.')
    .argument('<username>')
    .addHelpText('after', '\nExample:\n  $ bailiwick grants add johndoe read table orders')
    .action(add);
  const removing = grants
    .command('remove')
    .description('Takes a permission away, or "all" on that resource.')
    .argument('<username>')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  $ bailiwick grants remove johndoe all table orders')
    .action(remove);
  for (const argument of permissionArguments()) adding.addArgument(argument);
  for (const argument of permissionArguments('all')) removing.addArgument(argument);
};
