import { type ApiError, type Client, createClient } from '../../lib/client/client.ts';

/* The one way to the API is its client. The token is here, in memory, and nowhere else. */

/** The API is beside this page: below the stage's name, where the host has one. */
const url = location.origin + location.pathname.replace(/console\/?$/, '');

/**
 * Who waits longer is to know why. But what fails has no button to try again, and to load the page again is to
 * log out: so a stumble is worth a second try.
 */
const patience = { tries: 5, totalMs: 2000 };

/** Told when the token in use is good no more. */
let onEnd: (why: string) => void = () => {};
export const whenTokenEnds = (tell: typeof onEnd): void => {
  onEnd = tell;
};

/** The client of whoever is logged in, or of nobody. */
export let api: Client = createClient({ url, patience });
let token: string | undefined;
let isSession = false;

/** Forgets the token without a word to the API: it is over already. */
export const forget = (): void => {
  token = undefined;
  api = createClient({ url, patience });
};

/** Goes on with a token; one from elsewhere is not this page's to end. */
export const useToken = (given: string, isOwn = false): void => {
  const client = createClient({
    url,
    token: given,
    patience,
    onError: ({ status, message }) => {
      if (status === 401 && client === api) onEnd(message);
    },
  });
  [api, token, isSession] = [client, given, isOwn];
};

/** Logs in for an hour: the page forgets the session when it is left, whatever the time. */
export const logIn = async (username: string, password: string): Promise<void> => {
  const body = { username, password, expires_in: '1h' };
  useToken((await api.post('/api/v1/sessions', { body })).token, true);
};

/** Lets a request outlive the page. */
const outliving: typeof fetch = (input, init) => fetch(input, { ...init, keepalive: true });

/** Logs out, and says how that went. Also as the page goes away, so that closing it is enough. */
export const logOut = async (): Promise<string> => {
  if (!token) return '';
  const ending =
    isSession &&
    createClient({ url, token, patience, timeoutMs: 5000, fetch: outliving })
      .delete('/api/v1/sessions/current')
      .catch((error: ApiError) => error);
  forget();
  if (!ending) return 'The token is forgotten here. Elsewhere it works on.';
  const error = await ending;
  return !error || error.status === 401
    ? 'You are logged out.'
    : 'The token is forgotten here, but its session could not be ended: it ends within the hour.';
};
