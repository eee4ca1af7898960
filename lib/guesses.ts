import { type Event, eventStep, mostFailuresKept } from './audit.ts';
import { hourMs } from './duration.ts';
import { tooManyFailures } from './errors.ts';
import type { Origin } from './standing.ts';
import { checkOf, deleteOf, isNew, type Piece, putOf } from './table/actions.ts';
import { epochSeconds, type UserItem } from './table/items.ts';
import { failureKeys, type Key, nameOf } from './table/keys.ts';
import type { Found } from './table/read.ts';
import { type Step, transact } from './table/transact.ts';

/** Wrong passwords for one username. Times are in epoch ms. */
export interface Failures extends Key {
  failures: number;
  first_at: number;
  last_at: number;
  ttl: number;
}

const longestWaitMs = 15 * 60_000;

/** A rule: how many failures make the first wait, and when they are forgotten. */
export interface Rule {
  free: number;
  forgottenAt(failures: Failures): number;
}

/** From one address: the fifth failure waits; an hour without one forgets them. */
export const fromAddress: Rule = { free: 5, forgottenAt: ({ last_at }) => last_at + hourMs };

/** From anywhere: the hundredth of an hour waits. */
export const fromAnywhere: Rule = { free: 100, forgottenAt: ({ first_at }) => first_at + hourMs };

/** How many failures count now. */
const counted = (rule: Rule, found: Failures | undefined, now: number): number =>
  found && rule.forgottenAt(found) > now ? found.failures : 0;

/** Milliseconds until the next try: 2^(n - free) s after the n-th failure, at most 15 minutes. */
export const waitMs = (rule: Rule, found: Failures | undefined, now: number): number => {
  const failures = counted(rule, found, now);
  if (!found || failures < rule.free) return 0;
  const wait = Math.min(longestWaitMs, 1000 * 2 ** (failures - rule.free));
  return Math.max(0, found.last_at + wait - now);
};

/**
 * Addresses that one client can choose among count as one: of IPv6 the first 64 bits, since that is what
 * a subscriber gets (RFC 6177 and RFC 4291 section 2.5.4).
 */
export const networkOf = (address: string): string => {
  if (!address.includes(':')) return address;
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const [head = [], tail = []] = address
    .split('::')
    .map((side) => side.split(':').filter((group) => group !== ''));
  // `::` stands for as many zeros as are missing.
  const zeros = Array<string>(8 - head.length - tail.length).fill('0');
  const groups = [...head, ...zeros, ...tail];
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
};

/** The failures counted against one username that bear on one request: under each rule, as read. */
export type Guesses = { rule: Rule; key: Key; found: Failures | undefined }[];

/** What to read to know whether a password may be tried. */
export const guessKeys = (name: string, { sourceAddress }: Origin): [Key, Key] =>
  failureKeys(name, networkOf(sourceAddress));

/** What was read. Throws `too_many_failures` while a wait is on: then not even a right one is tried. */
export const requireToTry = (items: Found, [address, anywhere]: [Key, Key]): Guesses => {
  const guesses = [
    { rule: fromAddress, key: address, found: items.get<Failures>(address) },
    { rule: fromAnywhere, key: anywhere, found: items.get<Failures>(anywhere) },
  ];
  const now = Date.now();
  const wait = Math.max(...guesses.map(({ rule, found }) => waitMs(rule, found, now)));
  if (wait > 0) throw tooManyFailures(Math.ceil(wait / 1000));
  return guesses;
};

const asRead = (found: Failures | undefined): Piece =>
  found
    ? {
        text: 'failures = :failures AND last_at = :lastAt',
        values: { ':failures': found.failures, ':lastAt': found.last_at },
      }
    : isNew;

/** Kept like the counters: a made-up username must not fill the table. */
const unknownKeptMs = hourMs;

/**
 * Counts a wrong password, and writes into the history that there was one, if this hour has not many of
 * them. Of several tries at once one writes; the others are decided again, against the wait that it may
 * have begun, so guessing in parallel gains nothing.
 *
 * @param user whose password it was, or the folded name that nobody has: for either the same is written
 */
export const recordFailure = (
  guesses: Guesses,
  user: UserItem | string,
  event: Omit<Event, 'outcome'>,
): Promise<void> => {
  const now = Date.now();
  const counts = guesses.map(({ rule, key, found }): Step => {
    const failures = counted(rule, found, now) + 1;
    const item: Failures = {
      ...key,
      failures,
      first_at: failures > 1 && found ? found.first_at : now,
      last_at: now,
      ttl: epochSeconds(now + 2 * hourMs),
    };
    return { action: putOf(item, asRead(found)) };
  });
  const isTold = guesses.every(({ rule, found }) => counted(rule, found, now) < mostFailuresKept);
  const failed: Event = { ...event, outcome: 'failed' };
  const told =
    typeof user === 'string'
      ? eventStep({ name: user, userId: undefined }, failed, unknownKeptMs)
      : eventStep({ name: nameOf(user), userId: user.user_id }, failed);
  return transact([...counts, ...(isTold ? [told] : [])]);
};

/** Steps that forgive the address after a right password, if nobody else's failures came between. */
export const forgive = (guesses: Guesses): Step[] =>
  guesses.map(({ rule, key, found }) => {
    if (rule === fromAddress) {
      return { action: found ? deleteOf(key, asRead(found)) : checkOf(key, isNew) };
    }
    const same = asRead(found);
    return {
      action: checkOf(key, {
        text: `attribute_not_exists(pk) OR failures < :free OR (${same.text})`,
        values: { ':free': rule.free, ...same.values },
      }),
    };
  });
