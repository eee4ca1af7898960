import type { Command } from 'commander';
import type { AuditEvent } from '../../../lib/client/client.ts';
import { connect } from '../context.ts';
import { count } from '../options.ts';
import { print, printJson } from '../output.ts';

const mostOfPage = 1000;

const lineOf = ({ time, operation, outcome, actor, username, reason }: AuditEvent): string =>
  [time, operation.padEnd(18), outcome.padEnd(7), `${actor} → ${username}`, reason ?? '']
    .join('  ')
    .trimEnd();

const list = async (
  userName: string,
  { limit = Number.POSITIVE_INFINITY }: { limit?: number },
  command: Command,
): Promise<void> => {
  const { client, json } = connect(command);
  const query = { limit: Math.min(limit, mostOfPage) };
  let left = limit;
  const route = '/api/v1/users/{userName}/audit-events';
  for await (const event of client.list(route, { path: { userName }, query })) {
    await (json ? printJson(event) : print(lineOf(event)));
    if (--left === 0) return;
  }
};

export const addAudit = (program: Command): void => {
  const audit = program.command('audit').description('Who did what to a user.');
  audit
    .command('list')
    .description('Lists what was done to a user, by whom, newest first.')
    .argument('<username>')
    .option('--limit <count>', 'how many at most', count)
    .addHelpText('after', '\nExample:\n  $ bailiwick audit list johndoe --limit 20')
    .action(list);
};
