/**
 * Why a request could not be done. Domain code names the reason; only `lib/http/answer.ts` knows
 * which HTTP status belongs to it.
 */
export type ErrorCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'unsupported_media_type'
  | 'unavailable';

/** The one error class. `message` is one sentence a person can act on: it reaches the client. */
export class BailiwickError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BailiwickError';
    this.code = code;
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

/** The caller lacks a permission; `message` names it. */
export const forbidden = (message: string) => new BailiwickError('forbidden', message);

export const notFound = (username: string) =>
  new BailiwickError('not_found', `There is no user ${username}.`);

export const conflict = (message: string) => new BailiwickError('conflict', message);

/** The table did not take the request in time; trying again is safe. */
export const unavailable = (cause?: unknown) =>
  new BailiwickError('unavailable', 'The service is busy: try again in a second.', { cause });
