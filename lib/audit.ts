import { config } from './config.ts';
import { hourMs } from './duration.ts';
import { conflict, notFound } from './errors.ts';
import { foldName } from './fold-name.ts';
import { firstUlid, lastUlid, newUlid } from './ids.ts';
import { describeError, log } from './log.ts';
import { fitter } from './paging.ts';
import { type Caller, type Origin, onUser, readStanding, requireSelfOr } from './standing.ts';
import { type Piece, putOf, updateOf } from './table/actions.ts';
import { epochSeconds, type UserItem } from './table/items.ts';
import { auditKey, type Key, refusalsKey, userKey } from './table/keys.ts';
import { queryAll } from './table/read.ts';
import { type Step, transact } from './table/transact.ts';

/** What was done, or not: `refused` for want of a permission, `failed` for a wrong password. */
export type Outcome = 'done' | 'refused' | 'failed';

/** What an event says changed: never a secret, a hash, or more than the change itself. */
export interface Change {
  before?: object | undefined;
  after?: object | undefined;
}

/** One event as it is kept and shown: who did what to which user, from where. */
export interface Event extends Change {
  operation: string;
  outcome: Outcome;
  /** Of whoever acted: a username, or `bootstrap`. */
  actor: string;
  token_id?: string | undefined;
  /** Whom it was done to. */
  username: string;
  /** Of a refusal: what was missing. */
  reason?: string | undefined;
  source_address?: string | undefined;
  request_id: string;
}

interface EventItem extends Event, Key {
  /** ISO 8601 */
  time: string;
  /** Of the user in whose history it stands. A later user of that name is another. */
  user_id?: string | undefined;
  ttl: number;
}

const dayMs = 24 * hourMs;

/** Events of one kind of failure that are kept for one user in one hour. */
export const mostFailuresKept = 20;

/** The step that writes an event into a user's history, beside the change itself. */
export const eventStep = (
  history: { name: string; userId: string | undefined },
  event: Event,
  keptMs = config.auditRetentionDays * dayMs,
): Step => {
  const now = Date.now();
  const item: EventItem = {
    ...auditKey(history.name, newUlid(now)),
    time: new Date(now).toISOString(),
    ...event,
    user_id: history.userId,
    ttl: epochSeconds(now + keptMs),
  };
  return { action: putOf(item) };
};

/** What of an event is the same for all that one caller does. */
export const byCaller = (caller: Caller) => ({
  actor: caller.username,
  token_id: caller.tokenId,
  ...fromOrigin(caller),
});

export const fromOrigin = ({ sourceAddress, requestId }: Origin) => ({
  source_address: sourceAddress,
  request_id: requestId,
});

/**
 * Writes into the caller's own history that it was refused, and no more than so many an hour, since a
 * refusal costs its caller nothing. A failure to write is logged: it never changes the answer.
 */
export const recordRefusal = async (
  caller: Caller,
  operation: string,
  username: string,
  reason: string,
): Promise<void> => {
  const now = Date.now();
  const counter = refusalsKey(caller.name, new Date(now).toISOString().slice(0, 13));
  const count: Piece = {
    text: 'ADD refusals :one SET #ttl = :ttl',
    names: { '#ttl': 'ttl' },
    values: { ':one': 1, ':ttl': epochSeconds(now + 2 * hourMs) },
  };
  const enough = conflict('This hour has enough of them.');
  const within: Piece = {
    text: 'attribute_not_exists(refusals) OR refusals < :most',
    values: { ':most': mostFailuresKept },
  };
  const event: Event = { ...byCaller(caller), operation, outcome: 'refused', username, reason };
  try {
    await transact([
      { action: updateOf(counter, count, within), otherwise: enough },
      eventStep({ name: caller.name, userId: caller.userId }, event),
    ]);
  } catch (error) {
    if (error === enough) return;
    log.warn('A refusal was not written into the history', { error: describeError(error) });
  }
};

/** An event as the API shows it. */
export interface AuditEvent extends Event {
  event_id: string;
  time: string;
}

/** With its members in one order, which a table does not keep. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, inner]) => [name, sorted(inner)]));
};

const toEvent = (item: EventItem): AuditEvent => ({
  event_id: item.sk,
  time: item.time,
  operation: item.operation,
  outcome: item.outcome,
  actor: item.actor,
  token_id: item.token_id,
  username: item.username,
  reason: item.reason,
  before: sorted(item.before) as Change['before'],
  after: sorted(item.after) as Change['after'],
  source_address: item.source_address,
  request_id: item.request_id,
});

/**
 * The history of a user, newest first: for itself, or for who administers it. An administrator also sees
 * what became of earlier users of the name, even while there is none; a user only what is its own.
 *
 * @param range.after only events older than the one of this id
 */
export const listAuditEvents = async (
  caller: Caller,
  username: string,
  range: { limit: number; after?: string | undefined },
): Promise<{ events: AuditEvent[]; more: boolean }> => {
  const name = foldName(username);
  const standing = await readStanding(caller, [onUser('admin', name)], { also: [userKey(name)] });
  requireSelfOr('admin', standing, name);
  const user = standing.items.get<UserItem>(userKey(name));
  const own = name === caller.name ? user : undefined;
  const items = queryAll<EventItem>({
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
    ExpressionAttributeValues: {
      ':pk': auditKey(name, '').pk,
      // Nothing of an earlier user need be read, however much there is.
      ':first': firstUlid(own ? Date.parse(own.created_at) : 0),
      ':last': range.after ?? lastUlid,
      ':now': epochSeconds(Date.now()),
      ...(own && { ':user': own.user_id }),
    },
    // DynamoDB deletes what has expired within two days only.
    FilterExpression: own ? '#ttl > :now AND user_id = :user' : '#ttl > :now',
    ExpressionAttributeNames: { '#ttl': 'ttl' },
    ScanIndexForward: false,
    // The one after which it begins, and one that tells whether there is more.
    Limit: range.limit + 2,
    ConsistentRead: true,
  });
  const events: AuditEvent[] = [];
  const fits = fitter();
  for await (const item of items) {
    if (item.sk === range.after) continue;
    const event = toEvent(item);
    if (events.length === range.limit || !fits(event)) return { events, more: true };
    events.push(event);
  }
  if (!user && events.length === 0 && !range.after) throw notFound(username);
  return { events, more: false };
};
