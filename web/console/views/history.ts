import type { AuditEvent } from '../../../lib/client/client.ts';
import { api } from '../api.ts';
import { card, h, time } from '../dom.ts';
import { listing } from '../listing.ts';
import { lineOf } from './permission.ts';

const words: Record<string, string> = {
  bootstrap: 'bootstrap',
  'users.create': 'creation',
  'users.delete': 'deletion',
  'users.set-password': 'new password',
  'permissions.create': 'grant',
  'permissions.delete': 'revocation',
  'api-keys.create': 'new API key',
  'api-keys.delete': 'end of an API key',
  'sessions.create': 'login',
  'sessions.delete': 'logout',
  'sessions.delete-all': 'end of all sessions',
};

const linesOf = (change: AuditEvent['after']): string[] => (change?.permissions ?? []).map(lineOf);

/** What came and what went, as far as it is permissions; else what it was about. */
const changeOf = ({ before, after, reason }: AuditEvent): string => {
  const [had, has] = [linesOf(before), linesOf(after)];
  const came = has.filter((line) => !had.includes(line)).map((line) => `+ ${line}`);
  const went = had.filter((line) => !has.includes(line)).map((line) => `− ${line}`);
  const name = after?.name ?? before?.name;
  return reason ?? [...(name ? [`“${name}”`] : []), ...came, ...went].join(', ');
};

/** All of an event that has no column of its own. */
const details = ({ time, operation, outcome, actor, source_address, ...rest }: AuditEvent): Node =>
  h(
    'details',
    {},
    h('summary', { 'aria-label': `Details of ${operation}` }, 'Details'),
    h('pre', {}, JSON.stringify(rest, undefined, 1).replace(/^\{\n|\n\}$/g, '')),
  );

/** What was done to a user, and what it was refused: newest first. */
export const historyCard = (name: string) => {
  const events = listing({
    caption: `History of ${name}, newest first`,
    columns: ['When', 'What', 'Outcome', 'By', 'From', 'Change', 'More'],
    empty: 'Nothing yet.',
    first: () =>
      api.page('/api/v1/users/{userName}/audit-events', {
        path: { userName: name },
        query: { limit: 20 },
      }),
    row: (event) => [
      time(event.time),
      words[event.operation] ?? event.operation,
      h('span', { class: `tag ${event.outcome}` }, event.outcome),
      event.actor,
      event.source_address ?? '–',
      changeOf(event),
      details(event),
    ],
  });
  events.load();
  return { element: card('History', events.element), load: events.load };
};
