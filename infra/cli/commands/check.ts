import type { Command } from 'commander';
import { Problem } from '../../local/problem.ts';
import { connect } from '../context.ts';
import { print, printJson } from '../output.ts';

/** Exit codes. Who acts on a no must not do so when nobody answered. */
const [yes, no, notKnown] = [0, 1, 3];

const check = async (
  username: string,
  action: string,
  type: string,
  id: string,
  _options: object,
  command: Command,
): Promise<void> => {
  process.exitCode = notKnown;
  const { client, connection, json } = connect(command);
  const answer = await client.post('/access/v1/evaluation', {
    body: {
      subject: { type: 'user', id: username },
      action: { name: action },
      resource: { type, id },
    },
  });
  // What the types say is true of Bailiwick; something else may be at the address.
  const { decision, context }: { decision?: unknown; context?: { reason?: string } } = answer ?? {};
  if (typeof decision !== 'boolean') {
    throw new Problem(`${connection.url} did not answer as Bailiwick does: is that where it is?`);
  }
  process.exitCode = decision ? yes : no;
  const why = context?.reason ? `: ${context.reason}` : '.';
  await (json ? printJson(answer) : print(`${decision ? 'yes' : 'no'}${why}`));
};

export const addCheck = (program: Command): void => {
  program
    .command('check')
    .summary('May X do Y to Z?')
    .description(
      'Asks whether a user may do something to something, and says why. Exits with 0 for yes, 1 for no, and 3 when that is not known.',
    )
    .argument('<username>')
    .argument('<action>', 'read, write or admin')
    .argument('<resource_type>', 'as table')
    .argument('<resource>')
    .addHelpText(
      'after',
      '\nExample:\n  $ bailiwick check johndoe read table orders && echo come in',
    )
    .action(check);
};
