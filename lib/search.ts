import { allows, covers, describe, type Permission } from './access.ts';
import type { Evaluation } from './authzen.ts';
import { forbidden } from './errors.ts';
import { needOf, subjectName } from './evaluation.ts';
import {
  type Caller,
  grantKeysFor,
  grantsFound,
  onUser,
  readStanding,
  type Standing,
} from './standing.ts';
import { permissionsOf, resourceOf, type UserItem } from './table/items.ts';
import { grantKey, userKey } from './table/keys.ts';
import { grantHolders } from './table/listing.ts';
import { compareBytes, mergeSorted } from './table/merge.ts';
import { grantItems, readEach } from './table/read.ts';

/** A part of the results of a search: at most `limit` of those after `after`. */
export interface Range {
  after: string;
  limit: number;
}

/** Results, and where the next page begins if there are more. */
export interface Page<T> {
  results: T[];
  next?: string | undefined;
}

interface Entity {
  type: string;
  id: string;
}

/**
 * Takes a page from candidates that come in order; `check` says which of some are results. The more of them
 * are none, the more are checked at once. It ends at a result always: a position elsewhere would tell of
 * candidates that are none.
 */
const takePage = async <C, T>(
  candidates: AsyncIterable<C>,
  { limit }: Range,
  positionOf: (candidate: C) => string,
  check: (some: C[]) => Promise<(T | undefined)[]> | (T | undefined)[],
  mostAtOnce: number,
): Promise<Page<T>> => {
  const results: T[] = [];
  let last = '';
  let some: C[] = [];
  let atOnce = Math.min(limit + 1, mostAtOnce);
  /** Whether there is one result more than the page takes. */
  const checkSome = async (): Promise<boolean> => {
    const checked = await check(some);
    for (const [index, result] of checked.entries()) {
      if (result === undefined) continue;
      if (results.length === limit) return true;
      results.push(result);
      last = positionOf(some[index] as C);
    }
    some = [];
    atOnce = mostAtOnce;
    return false;
  };
  for await (const candidate of candidates) {
    some.push(candidate);
    if (some.length >= atOnce && (await checkSome())) return { results, next: last };
  }
  return (await checkSome()) ? { results, next: last } : { results };
};

/** Items first asked of the table: no more than a page needs. */
const requestSize = ({ limit }: Range): number => Math.max(100, limit + 1);

/** Each once, of a sequence in which equal ones stand together. */
async function* distinct<T>(items: AsyncIterable<T>, key: (item: T) => string): AsyncGenerator<T> {
  let last: string | undefined;
  for await (const item of items) {
    if (key(item) !== last) yield item;
    last = key(item);
  }
}

/** Users checked with one request to the table. */
const usersAtOnce = 33;

/** Of these users, those who may do `need` now; by their names as written. */
const whoMay = async (
  caller: Caller,
  names: string[],
  need: Permission,
): Promise<(Entity | undefined)[]> => {
  if (names.length === 0) return [];
  const keysOf = (name: string) => grantKeysFor(name, [need]);
  const items = await readEach(names.flatMap((name) => [userKey(name), ...keysOf(name)]));
  return names.map((name) => {
    const user = items.get<UserItem>(userKey(name));
    if (!user) return undefined;
    // As an evaluation about oneself is answered for the token.
    const scope = name === caller.name ? caller.scope : undefined;
    const may = allows({ grants: grantsFound(items, keysOf(name), user), scope }, need);
    return may ? { type: 'user', id: user.username } : undefined;
  });
};

/**
 * The users who may do an action to a resource, by name: for who administers the resource, or may read
 * every user. The index finds who might, and each is then looked up, so that each result is one that an
 * evaluation permits.
 */
export const searchSubjects = async (
  caller: Caller,
  { subject, action, resource }: Omit<Evaluation, 'subject'> & { subject: { type: string } },
  range: Range,
): Promise<Page<Entity>> => {
  const need = needOf(action, resource);
  const everyone = onUser('read', '*');
  const standing = await readStanding(caller, need ? [everyone, need] : [everyone]);
  if (!need || subject.type !== 'user') return { results: [] };
  const admin: Permission = { ...need, type: 'admin' };
  if (!allows(standing, everyone) && !allows(standing, admin)) {
    throw forbidden(`This needs the permission ${describe(everyone)}, or ${describe(admin)}.`);
  }
  const resources = [...new Set([need.resource, '*'])];
  const holders = resources.map((one) => grantHolders(one, range.after, requestSize(range)));
  const fitting = async function* () {
    for await (const { name, permissions } of mergeSorted(holders, (holder) => holder.name)) {
      if (permissions.some((held) => covers(held, need))) yield name;
    }
  };
  const byName = (name: string) => name;
  const check = (names: string[]) => whoMay(caller, names, need);
  return takePage(distinct(fitting(), byName), range, byName, check, usersAtOnce);
};

/** Who may ask what somebody may do to resources of a type. */
const requireToSearch = (standing: Standing, name: string, resource_type: string): void => {
  if (name === standing.caller.name) return;
  const read = onUser('read', name);
  const all: Permission = { resource: '*', resource_type, type: 'admin' };
  if (!allows(standing, read) && !allows(standing, all)) {
    throw forbidden(`This needs the permission ${describe(read)}, or ${describe(all)}.`);
  }
};

/** Resources in the order of their bytes, as the table sorts them. */
async function* inOrder(resources: readonly string[], after: string): AsyncGenerator<string> {
  yield* resources.filter((resource) => compareBytes(resource, after) > 0).sort(compareBytes);
}

/**
 * The resources of a type on which a subject may do an action, as far as they are known by a grant of the
 * subject, or by the scope of the token when one asks about oneself; `*` stands for every one. For
 * oneself, a user whom one may read, or as administrator of every resource of that type.
 */
export const searchResources = async (
  caller: Caller,
  { subject, action, resource }: Omit<Evaluation, 'resource'> & { resource: { type: string } },
  range: Range,
): Promise<Page<Entity>> => {
  const name = subjectName(subject);
  const isAnswerable = needOf(action, { type: resource.type, id: '*' }) !== undefined;
  const needs = name === undefined ? [] : [onUser('read', name)];
  const also = name === undefined ? [] : [userKey(name), grantKey(name, '*')];
  const standing = await readStanding(caller, needs, { also });
  if (name === undefined || !isAnswerable) return { results: [] };
  requireToSearch(standing, name, resource.type);
  const user = standing.items.get<UserItem>(userKey(name));
  if (!user) return { results: [] };

  const scope = name === caller.name ? caller.scope : undefined;
  const onEvery = grantsFound(standing.items, [grantKey(name, '*')], user);
  const isOfType = ({ resource_type }: Permission) =>
    resource_type === resource.type || resource_type === '*';
  const granted = async function* () {
    for await (const item of grantItems(user, range.after, requestSize(range))) {
      const grants = permissionsOf(item);
      if (grants.some(isOfType)) yield { id: resourceOf(item), grants };
    }
  };
  const scoped = async function* () {
    const lines = (scope ?? []).filter(isOfType).map((line) => line.resource);
    for await (const id of inOrder(lines, range.after)) yield { id, grants: [] };
  };
  const byId = ({ id }: { id: string }) => id;
  // Of the same resource the grants come before the scope's mention, and once.
  const candidates = distinct(mergeSorted([granted(), scoped()], byId), byId);
  const isResult = ({ id, grants }: { id: string; grants: Permission[] }) => {
    const need = needOf(action, { type: resource.type, id });
    // One that an evaluation would fold is another than the one granted.
    return need?.resource === id && allows({ grants: [...grants, ...onEvery], scope }, need);
  };
  const check = (some: { id: string; grants: Permission[] }[]) =>
    some.map((one) => (isResult(one) ? { type: resource.type, id: one.id } : undefined));
  return takePage(candidates, range, byId, check, requestSize(range));
};
