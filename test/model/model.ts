import { globalAdmin, type Permission, reach } from './permissions.ts';

/** Two are enough: a wrong one is then often the one before. */
export type Password = 'one' | 'two';

interface User {
  password: Password;
  grants: Set<Permission>;
}

interface Token {
  owner: string;
  kind: 'key' | 'session';
  /** Without one it may do all that its owner may. */
  scope?: Permission[] | undefined;
  /** It lives so long; without, until it is deleted. */
  hours?: number | undefined;
  alive: boolean;
}

/**
 * Bailiwick in memory: what there is, without the rules. Nothing here comes from lib, since what both had
 * wrong in the same way no test would find.
 */
export interface Model {
  users: Map<string, User>;
  /** All that there ever were, by the names that the test gives them. */
  tokens: Map<string, Token>;
  /** Wrong passwords in a row, by the username they were for. */
  failures: Map<string, number>;
}

/** The first admin, and its key. It puts right what the others cannot, and nothing is done to it. */
export const bootstrap = 'admin';

export const newModel = (): Model => ({
  users: new Map([[bootstrap, { password: 'one', grants: new Set([globalAdmin]) }]]),
  tokens: new Map([[bootstrap, { owner: bootstrap, kind: 'key', alive: true }]]),
  failures: new Map(),
});

/** One call of the API. `by` names the token that it comes with, `as` the one that it asks for. */
export type Call =
  | { do: 'log in'; name: string; password: Password; as: string }
  | { do: 'get me' | 'log out'; by: string }
  | { do: 'get user' | 'delete user' | 'end sessions'; by: string; name: string }
  | { do: 'list permissions' | 'list keys'; by: string; name: string }
  | { do: 'create user'; by: string; name: string; password: Password; policies: Permission[] }
  | {
      do: 'set password';
      by: string;
      name: string;
      password: Password;
      current?: Password | undefined;
    }
  | { do: 'grant' | 'evaluate'; by: string; name: string; permission: Permission }
  | { do: 'revoke'; by: string; name: string; permission: Permission; everyType: boolean }
  | { do: 'delete key'; by: string; name: string; key: string }
  | {
      do: 'mint key';
      by: string;
      name: string;
      scope?: Permission[] | undefined;
      hours?: number | undefined;
      as: string;
    };

/** A status, and of the body what the rules decide. Of an error they decide no more than its status. */
export interface Answer {
  status: number;
  body?: unknown;
}

/** All that a token may do now: what is covered by a grant and, if it has a scope, by that as well. */
export const powerOf = ({ users }: Model, { owner, scope, alive }: Token): Set<Permission> => {
  const granted = reach((alive && users.get(owner)?.grants) || []);
  const within = scope && reach(scope);
  return within ? new Set([...granted].filter((need) => within.has(need))) : granted;
};
