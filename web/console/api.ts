/* The one way to the API. The token is here, in memory, and nowhere else. */

/** The API is beside this page: below the stage's name, where the host has one. */
const base = location.origin + location.pathname.replace(/console\/?$/, '');

let token: string | undefined;
let isSession = false;

/** An answer that is not 2xx, in the API's own words. */
export class Refusal extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

export interface Reply<T> {
  body: T;
  /** Where the next page is. */
  next: string | undefined;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Told when the token in use is good no more. */
let onEnd: (why: string) => void = () => {};
export const whenTokenEnds = (tell: typeof onEnd): void => {
  onEnd = tell;
};

/** Everything about a user. A name of dots would lead elsewhere, and is none. */
export const userPath = (name: string, rest = ''): string => {
  if (/^\.+$/.test(name)) throw new Refusal(`There is no user ${name}.`, 404);
  return `api/v1/users/${encodeURIComponent(name)}${rest}`;
};

const send = (method: Method, path: string, body: unknown, more: RequestInit = {}) =>
  fetch(new URL(path, base), {
    method,
    headers: {
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    credentials: 'omit',
    redirect: 'error',
    ...more,
  });

/**
 * The path of the next page. The host in the link is the one that the API was asked by, which behind a proxy is
 * another than this page's; and the token goes nowhere but to this page's.
 */
const nextOf = (headers: Headers): string | undefined =>
  /<[^>]*?\/(api\/v1\/[^>]+)>; *rel="next"/.exec(headers.get('Link') ?? '')?.[1];

/** The API's sentence, and how long to wait where it says so. */
const refusalOf = async (response: Response): Promise<Refusal> => {
  const body = await response.json().catch(() => undefined);
  const sentence = body?.error ?? `The answer was ${response.status}, without a reason.`;
  const wait = response.headers.get('Retry-After');
  const seconds = wait === '1' ? 'a second' : `${wait} seconds`;
  return new Refusal(
    wait ? `${sentence} (It may be asked again in ${seconds}.)` : sentence,
    response.status,
  );
};

/** Calls the API. Throws a `Refusal` for whatever is not 2xx. */
export const call = async <T = unknown>(
  method: Method,
  path: string,
  body?: unknown,
): Promise<Reply<T>> => {
  const used = token;
  const response = await send(method, path, body).catch(() => {
    throw new Refusal('Bailiwick did not answer: look at the connection, and try again.', 0);
  });
  if (!response.ok) {
    const refusal = await refusalOf(response);
    if (refusal.status === 401 && used && used === token) {
      token = undefined;
      onEnd(refusal.message);
    }
    throw refusal;
  }
  const text = await response.text();
  return { body: (text && JSON.parse(text)) as T, next: nextOf(response.headers) };
};

/** Logs in for an hour: the page forgets the session when it is left, whatever the time. */
export const logIn = async (username: string, password: string): Promise<void> => {
  const login = { username, password, expires_in: '1h' };
  token = (await call<{ token: string }>('POST', 'api/v1/sessions', login)).body.token;
  isSession = true;
};

/** Goes on with a token from elsewhere, which is not this page's to end. */
export const useToken = (given: string): void => {
  // Anything else than ASCII is no token, and could be no header.
  if (!/^[!-~]+$/.test(given)) throw new Refusal('This is no token: they begin with bw_.', 401);
  token = given;
  isSession = false;
};

/** Forgets the token without a word to the API: it is over already. */
export const forget = (): void => {
  token = undefined;
};

/** Logs out, and says how that went. Also as the page goes away, so that closing it is enough. */
export const logOut = async (): Promise<string> => {
  if (!token) return '';
  const ending =
    isSession &&
    send('DELETE', 'api/v1/sessions/current', undefined, {
      keepalive: true,
      signal: AbortSignal.timeout(5000),
    });
  token = undefined;
  if (!ending) return 'The token is forgotten here. Elsewhere it works on.';
  const response = await ending.catch(() => undefined);
  return response?.ok || response?.status === 401
    ? 'You are logged out.'
    : 'The token is forgotten here, but its session could not be ended: it ends within the hour.';
};
