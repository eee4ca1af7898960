import { readFileSync } from 'node:fs';
import { adminFile, readAdmin } from '../local/admin.ts';
import { Problem } from '../local/problem.ts';
import { dataDirOf } from '../local/settings.ts';
import { loginFile, readLogin } from './kept-login.ts';
import { UsageError } from './usage-error.ts';

/** Where Bailiwick is and who asks, and where each of them was said. */
export interface Connection {
  url: string;
  urlFrom: string;
  token?: string;
  tokenFrom?: string;
}

export interface Flags {
  url?: string | undefined;
  tokenFile?: string | undefined;
}

const readToken = (file: string): string => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Problem(`The token cannot be read: ${(error as Error).message}.`);
  }
};

/** What `npm start` left for its admin. */
const findAdmin = (env: NodeJS.ProcessEnv) => {
  const folder = dataDirOf(env);
  const admin = readAdmin(folder);
  return admin && { url: admin.base_url, token: admin.token, from: adminFile(folder) };
};

const checked = (url: string, from: string): string => {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new UsageError(`${from} is no address: write it as https://id.example.com.`);
  }
  return url.replace(/\/+$/, '');
};

/**
 * What was said for this one call goes first, then the environment, then a login, then the laptop's stack. A
 * kept token goes to no other address than the one that it was kept for, and a given one to none that was not
 * given too. Throws a UsageError where an address is missing.
 */
export const findConnection = (flags: Flags, env: NodeJS.ProcessEnv): Connection => {
  const login = readLogin(env);
  const kept = [login && { ...login, from: loginFile(env) }, findAdmin(env)].filter(
    (one) => one !== undefined,
  );
  const tokenFrom = flags.tokenFile !== undefined ? '--token-file' : 'BAILIWICK_TOKEN';
  const token =
    flags.tokenFile !== undefined ? readToken(flags.tokenFile) : env.BAILIWICK_TOKEN || undefined;

  const urlFrom = flags.url !== undefined ? '--url' : 'BAILIWICK_URL';
  const given = flags.url ?? (env.BAILIWICK_URL || undefined);
  if (given !== undefined) {
    const url = checked(given, urlFrom);
    if (token !== undefined) return { url, urlFrom, token, tokenFrom };
    const own = kept.find((one) => one.url === url);
    return { url, urlFrom, ...(own && { token: own.token, tokenFrom: own.from }) };
  }
  if (token !== undefined) {
    throw new UsageError(
      `${tokenFrom} is for some address: say which, with --url or BAILIWICK_URL.`,
    );
  }
  const [first] = kept;
  if (!first) {
    throw new UsageError(
      'Where is Bailiwick? Run it with "npm start"; or say --url or BAILIWICK_URL, and log in with "bailiwick login".',
    );
  }
  const { url, from } = first;
  return { url, urlFrom: from, token: first.token, tokenFrom: from };
};
