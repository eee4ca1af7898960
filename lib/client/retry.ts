import type { Method } from './operations.ts';

/** How long to go on asking for one answer. */
export interface Patience {
  /** How often to ask at most, the first time included. */
  tries: number;
  /** How many ms after the first try another one may begin. */
  totalMs: number;
}

/** What a client does unless told otherwise: some seconds of trouble pass unseen. */
export const usualPatience: Patience = { tries: 6, totalMs: 60_000 };

const firstPauseMs = 250;
const longestPauseMs = 20_000;

/**
 * Whether a request may be sent again when nobody knows whether it was done: when it only asks, or when
 * doing it twice comes to the same. Creating a user again is a 409, a login or a key again a second one, and
 * the current password is no longer that once it was changed: those are not.
 * @param path as the document has it, with `{userName}`
 */
export const isRepeatable = (method: Method, path: string, body: unknown): boolean => {
  if (method === 'post') return path.startsWith('/access/v1/') || path.endsWith('/permissions');
  return !(typeof body === 'object' && body !== null && 'current_password' in body);
};

/** A try that failed. */
export interface Failure {
  /** Of the answer; 0 for none. */
  status: number;
  /** Seconds, where the answer says so. */
  retryAfter?: number | undefined;
  /** Whether the request may be sent again though it may have been done. */
  repeatable: boolean;
  /** Which try it was, from 1, and how many ms ago the first began. */
  attempt: number;
  elapsedMs: number;
}

/** Refused before anything was done. */
const isRefusal = ({ status }: Failure): boolean => status === 429;

/** Trouble that passes, after which nobody knows whether the request was done. */
const isTrouble = ({ status }: Failure): boolean => [0, 502, 503, 504].includes(status);

/**
 * How many ms to wait before the next try; undefined for none. What `Retry-After` says (RFC 9110 section
 * 10.2.3, in seconds) and no less; and a random half to whole of a pause that doubles each time.
 * @param random from 0 to 1
 */
export const waitBefore = (
  failure: Failure,
  { tries, totalMs }: Patience,
  random: number,
): number | undefined => {
  const { attempt, elapsedMs, repeatable, retryAfter = 0 } = failure;
  if (!isRefusal(failure) && !(isTrouble(failure) && repeatable)) return undefined;
  const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1)) * (0.5 + random / 2);
  const wait = Math.max(retryAfter * 1000, pause);
  return attempt < tries && elapsedMs + wait <= totalMs ? wait : undefined;
};
