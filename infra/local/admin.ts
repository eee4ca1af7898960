import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Invoker } from './invoker.ts';
import type { Template } from './template.ts';

/** What `admin.json` holds. */
export interface Admin {
  base_url: string;
  username: string;
  token: string;
}

/** Where a stack keeps its admin. */
export const adminFile = (folder: string): string => join(folder, 'admin.json');

/** The admin that a stack on this folder has left; undefined for none. */
export const readAdmin = (folder: string): Admin | undefined => {
  try {
    return JSON.parse(readFileSync(adminFile(folder), 'utf8'));
  } catch {
    return undefined;
  }
};

const works = async (baseUrl: string, token: string): Promise<boolean> => {
  const headers = { Authorization: `Bearer ${token}` };
  const { status } = await fetch(`${baseUrl}/api/v1/users/me`, { headers });
  return status === 200;
};

/**
 * Sees to it that `<folder>/admin.json` holds a token that works: keeps the one it has, else invokes the
 * bootstrap function as its command in the stack's outputs would. @returns whether the token is new
 */
export const ensureAdmin = async (
  folder: string,
  baseUrl: string,
  template: Template,
  invoker: Invoker,
): Promise<{ admin: Admin; isNew: boolean }> => {
  const file = adminFile(folder);
  const kept = readAdmin(folder);
  const isNew = !kept?.token || !(await works(baseUrl, kept.token));
  let account: { username: string; token: string };
  if (isNew) {
    const command = template.outputs.BootstrapCommand ?? '';
    const functionId = /--function-name (\S+)/.exec(command)?.[1] ?? '';
    account = (await invoker.invoke(functionId, {})) as typeof account;
  } else {
    account = kept;
  }
  const admin = { base_url: baseUrl, username: account.username, token: account.token };
  // Renamed into place, so that whoever waits for the file never reads half of it.
  writeFileSync(`${file}.new`, `${JSON.stringify(admin, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return { admin, isNew };
};
