/**
 * Why a request could not be done. Domain code names the reason; only `lib/http/answer.ts` knows
 * which HTTP status belongs to it.
 */
export type ErrorCode =
  | 'invalid'
  | 'unauthenticated'
  | 'wrong_credentials'
  | 'wrong_password'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_many_failures'
  | 'too_large'
  | 'unsupported_media_type'
  | 'unavailable';

/** The one error class. `message` is one sentence a person can act on: it reaches the client. */
export class BailiwickError extends Error {
  readonly code: ErrorCode;
  /** Seconds after which trying again may help, where that is known. */
  readonly retryAfter?: number | undefined;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions & { retryAfter?: number }) {
    super(message, options);
    this.name = 'BailiwickError';
    this.code = code;
    this.retryAfter = options?.retryAfter;
  }
}

/** The input cannot be used; `message` names the field and what would be right. */
export const invalid = (message: string) => new BailiwickError('invalid', message);

/** The caller's token no longer stands for anyone. */
export const unauthenticated = () =>
  new BailiwickError(
    'unauthenticated',
    'This token is expired or revoked, or its user is gone: ask for a new one.',
  );

/** The same words for an unknown user and for a wrong password. */
export const wrongCredentials = () =>
  new BailiwickError(
    'wrong_credentials',
    'The username or the password is wrong: correct them and try again.',
  );

/** Who is calling is known, but not that it is the user in person. */
export const wrongPassword = () =>
  new BailiwickError(
    'wrong_password',
    'current_password is not the current password of this user.',
  );

/** Somebody guesses: nothing is looked at until the wait is over. */
export const tooManyFailures = (seconds: number) =>
  new BailiwickError(
    'too_many_failures',
    `Too many wrong passwords for this user: try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
    { retryAfter: seconds },
  );

/** The caller lacks a permission; `message` names it. */
export const forbidden = (message: string) => new BailiwickError('forbidden', message);

/** What the request is about is not there; `message` says what. */
export const missing = (message: string) => new BailiwickError('not_found', message);

export const notFound = (username: string) => missing(`There is no user ${username}.`);

export const conflict = (message: string) => new BailiwickError('conflict', message);

/** The table did not take the request in time; trying again is safe. */
export const unavailable = (cause?: unknown) =>
  new BailiwickError('unavailable', 'The service is busy: try again in a second.', {
    cause,
    retryAfter: 1,
  });
