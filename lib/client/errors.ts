/** What went wrong between a client and the API. The one error class of the client. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** The answer's status; 0 when none came, and then `cause` says why. */
  readonly status: number;
  /** Names the request in the API's log and history; ask its operators by it. */
  readonly requestId: string | undefined;
  /** Seconds after which to ask again, where the answer says so. */
  readonly retryAfter: number | undefined;

  /** @param message one sentence that says what to do: the API's own, if it answered */
  constructor(
    message: string,
    about: { status: number; requestId?: string; retryAfter?: number; cause?: unknown },
  ) {
    super(message, { cause: about.cause });
    this.status = about.status;
    this.requestId = about.requestId;
    this.retryAfter = about.retryAfter;
  }
}

const secondsOf = (header: string | null): number | undefined =>
  header !== null && /^\d{1,9}$/.test(header) ? Number(header) : undefined;

/** The error that an answer stands for, which is not 2xx or is not the API's. */
export const errorOf = (response: Response, body: unknown, url: string): ApiError => {
  const { status, headers } = response;
  const { error } = (body ?? {}) as { error?: unknown };
  const message =
    typeof error === 'string'
      ? error
      : `${url} answered ${status} and not as Bailiwick does: is that where it is?`;
  const requestId = headers.get('x-request-id') ?? undefined;
  const retryAfter = secondsOf(headers.get('retry-after'));
  return new ApiError(message, {
    status,
    ...(requestId !== undefined && { requestId }),
    ...(retryAfter !== undefined && { retryAfter }),
  });
};

/** Reasons of Node's and Deno's fetch lie in a chain of causes; the innermost says most. */
const reasonOf = (error: unknown): string => {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  // When each address of a host was tried, the text is empty and the code is not.
  const { message, code } = inner as { message?: string; code?: string };
  return message || code || String(inner);
};

/** The error for a request that got no answer. */
export const unanswered = (cause: unknown, url: string): ApiError =>
  new ApiError(
    `${url} did not answer (${reasonOf(cause)}): look at the address and the connection, and try again.`,
    { status: 0, cause },
  );
