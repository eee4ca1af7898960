import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { createPrivateFile } from './private-file.ts';

/** A session that `bailiwick login` began. */
export interface Login {
  url: string;
  username: string;
  token: string;
  expires_at: string;
}

/** Where the login is kept: by the XDG base directory specification. */
export const loginFile = (env: NodeJS.ProcessEnv): string =>
  join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'bailiwick/login.json');

/** The login that is kept; undefined for none. */
export const readLogin = (env: NodeJS.ProcessEnv): Login | undefined => {
  try {
    return JSON.parse(readFileSync(loginFile(env), 'utf8'));
  } catch {
    return undefined;
  }
};

/** Keeps a login where only this person can read it. */
export const keepLogin = (env: NodeJS.ProcessEnv, login: Login): void => {
  const file = loginFile(env);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const whole = createPrivateFile(file);
  whole.write(JSON.stringify(login, null, 2));
  whole.keep();
};

export const forgetLogin = (env: NodeJS.ProcessEnv): void => {
  rmSync(loginFile(env), { force: true });
};
