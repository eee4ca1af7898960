import { ApiError, errorOf, unanswered } from './errors.ts';
import type {
  Answer,
  Given,
  Item,
  ListPath,
  Method,
  Page,
  PathOf,
  Settings,
} from './operations.ts';
import { isRepeatable, type Patience, usualPatience, waitBefore } from './retry.ts';

/* The client of Bailiwick's API: for browsers, Deno and Node 20 or newer; a folder without dependencies. */

export { ApiError } from './errors.ts';
export type { ApiKey, AuditEvent, Page, Permission, User } from './operations.ts';

interface Options {
  /** Where Bailiwick is: `https://id.example.com`, or with a stage as `https://….amazonaws.com/prod`. */
  url: string;
  /** Of a session or an API key; without one only open operations answer. */
  token?: string | undefined;
  patience?: Patience;
  /** How many ms one try may take. API Gateway answers after 29 s at the latest. */
  timeoutMs?: number;
  /** Told of every request that failed for good, before it rejects. */
  onError?: (error: ApiError) => void;
  fetch?: typeof globalThis.fetch;
}

interface Parts extends Settings {
  path?: Record<string, string>;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
}

interface Reply {
  body: unknown;
  /** Path and query of the next page. */
  next: string | undefined;
}

/** A path with its parameters. Of dots alone a part would lead elsewhere, and is no name of anything. */
const fill = (path: string, values: Record<string, string> = {}): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? '';
    if (!/[^.]/.test(value)) {
      throw new ApiError(`${name} is "${value}": give one that is a name.`, { status: 400 });
    }
    return encodeURIComponent(value);
  });

const queryOf = (query: Parts['query'] = {}): string => {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) given.append(name, String(value));
  }
  return given.size > 0 ? `?${given}` : '';
};

/**
 * Where the next page is (RFC 8288). Host and stage in the link are those that the API was asked by, which
 * behind a proxy are not ours; and the token goes nowhere but to ours.
 */
const nextOf = (headers: Headers): string | undefined =>
  /<[^>]*?(\/api\/v1\/[^>]+)>; *rel="next"/.exec(headers.get('link') ?? '')?.[1];

const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const end = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end);
      resolve();
    }, ms);
    signal?.addEventListener('abort', end, { once: true });
  });

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Makes a client. Its methods take the paths of openapi.json and resolve to what the API answers; for anything
 * but 2xx, and for no answer, they reject with an `ApiError`, and when `signal` aborts with its reason. What
 * is refused for now, 429, is asked again; so is trouble that passes, wherever doing it twice is safe.
 */
export const createClient = (options: Options) => {
  const base = options.url.replace(/\/+$/, '');
  const { patience = usualPatience, timeoutMs = 35_000, token, onError } = options;
  const send = options.fetch ?? globalThis.fetch;
  // What could be no header, fetch would show in its error.
  if (token !== undefined && !/^[!-~]+$/.test(token)) {
    throw new ApiError('This is no token: they begin with bw_.', { status: 401 });
  }

  /** One try. */
  const once = async (method: string, path: string, { body, signal }: Parts): Promise<Reply> => {
    const late = AbortSignal.timeout(timeoutMs);
    const init: RequestInit = {
      method,
      headers: {
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      credentials: 'omit',
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, late]) : late,
    };
    try {
      const response = await send(base + path, init);
      const text = await response.text();
      const answer = jsonOf(text);
      const isOurs = text === '' || answer !== undefined;
      if (!response.ok || !isOurs) throw errorOf(response, answer, base);
      return { body: answer, next: nextOf(response.headers) };
    } catch (error) {
      signal?.throwIfAborted();
      throw error instanceof ApiError ? error : unanswered(error, base);
    }
  };

  /** Tries until it is done or patience ends. */
  const ask = async (method: string, path: string, parts: Parts): Promise<Reply> => {
    const began = performance.now();
    const { repeatable = false } = parts;
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(method, path, parts);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        const { status, retryAfter } = error;
        const elapsedMs = performance.now() - began;
        const failure = { status, retryAfter, repeatable, attempt, elapsedMs };
        const wait = waitBefore(failure, patience, Math.random());
        if (wait === undefined) {
          onError?.(error);
          throw error;
        }
        await pause(wait, parts.signal);
      }
    }
  };

  const call =
    <M extends Method>(method: M) =>
    async <P extends PathOf<M>>(path: P, ...[request]: Given<M, P>): Promise<Answer<M, P>> => {
      const parts: Parts = request ?? {};
      const whole = fill(path, parts.path).concat(queryOf(parts.query));
      const repeatable = isRepeatable(method, path, parts.body);
      const { body } = await ask(method.toUpperCase(), whole, { repeatable, ...parts });
      return body as Answer<M, P>;
    };

  const pageAt = async <I>(path: string, parts: Parts): Promise<Page<I>> => {
    const { body, next } = await ask('GET', path, { ...parts, repeatable: true });
    // Of oneself the first page also says who that is; the further ones are lists.
    const items = Array.isArray(body) ? body : (body as { permissions: I[] }).permissions;
    return { items, next: next === undefined ? undefined : () => pageAt(next, parts) };
  };

  const page = async <P extends ListPath>(path: P, ...[request]: Given<'get', P>) => {
    const parts: Parts = request ?? {};
    return pageAt<Item<P>>(fill(path, parts.path).concat(queryOf(parts.query)), parts);
  };

  return {
    get: call('get'),
    post: call('post'),
    put: call('put'),
    delete: call('delete'),
    /** The first page of a list, which leads to the others. Of `/api/v1/users/me` it is permissions. */
    page,
    /** Every item of a list, however many pages it has: the next is asked for when it is wanted. */
    async *list<P extends ListPath>(...of: [path: P, ...Given<'get', P>]) {
      let turned: Page<Item<P>> | undefined = await page(...of);
      while (turned) {
        yield* turned.items;
        turned = await turned.next?.();
      }
    },
  };
};

export type Client = ReturnType<typeof createClient>;
