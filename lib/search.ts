import * as v from 'valibot';
import { allows, covers, describe, type Permission } from './access.ts';
import type { Evaluation } from './authzen.ts';
import { forbidden } from './errors.ts';
import { needOf, subjectName } from './evaluation.ts';
import { resourceTypeSchema } from './names.ts';
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
import { mergeSorted } from './table/merge.ts';
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

/** Takes a page from candidates that come in order; `check` says which of some are results. */
const takePage = async <C, T>(
  candidates: AsyncIterable<C>,
  { limit }: Range,
  positionOf: (candidate: C) => string,
  check: (some: C[]) => Promise<(T | undefined)[]> | (T | undefined)[],
  atOnce: number,
): Promise<Page<T>> => {
  const results: T[] = [];
  let last: string | undefined;
  let some: C[] = [];
  const checkSome = async (): Promise<boolean> => {
    const checked = await check(some);
    for (const [index, result] of checked.entries()) {
      if (result === undefined) continue;
      if (results.length === limit) return true;
      results.push(result);
      last = positionOf(some[index] as C);
    }
    some = [];
    return false;
  };
  for await (const candidate of candidates) {
    some.push(candidate);
    if (some.length === atOnce && (await checkSome())) return { results, next: last ?? '' };
  }
  return (await checkSome()) ? { results, next: last ?? '' } : { results };
};

/** Items asked of the table at once: no more than a page needs, nor so few that a rare result takes long. */
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
const whoMay = async (names: string[], need: Permission): Promise<(Entity | undefined)[]> => {
  if (names.length === 0) return [];
  const keysOf = (name: string) => grantKeysFor(name, [need]);
  const items = await readEach(names.flatMap((name) => [userKey(name), ...keysOf(name)]));
  return names.map((name) => {
    const user = items.get<UserItem>(userKey(name));
    if (!user) return undefined;
    const may = allows({ grants: grantsFound(items, keysOf(name), user) }, need);
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
  const admin: Permission | undefined = need && { ...need, type: 'admin' };
  const standing = await readStanding(caller, admin ? [everyone, admin] : [everyone]);
  if (!need || !admin || subject.type !== 'user') return { results: [] };
  if (!allows(standing, everyone) && !allows(standing, admin)) {
    throw forbidden(`This needs the permission ${describe(everyone)}, or ${describe(admin)}.`);
  }
  const resources = [...new Set([need.resource, '*'])];
  const holders = resources.map((one) => grantHolders(one, range.after, requestSize(range)));
  const merged = mergeSorted(holders, ({ name }) => name);
  const fitting = async function* () {
    for await (const { name, permissions } of merged) {
      if (permissions.some((held) => covers(held, need))) yield name;
    }
  };
  return takePage(
    distinct(fitting(), (name) => name),
    range,
    (name) => name,
    (names) => whoMay(names, need),
    Math.min(usersAtOnce, range.limit + 1),
  );
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
  const bytes = (text: string) => Buffer.from(text);
  yield* [...new Set(resources)]
    .filter((resource) => Buffer.compare(bytes(resource), bytes(after)) > 0)
    .sort((a, b) => Buffer.compare(bytes(a), bytes(b)));
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
  const need = needOf(action, { type: resource.type, id: '*' });
  const needs = name === undefined ? [] : [onUser('read', name)];
  const also = name === undefined ? [] : [userKey(name), grantKey(name, '*')];
  const standing = await readStanding(caller, needs, { also });
  if (name === undefined || !need || !v.is(resourceTypeSchema, resource.type))
    return { results: [] };
  requireToSearch(standing, name, resource.type);
  const user = standing.items.get<UserItem>(userKey(name));
  if (!user) return { results: [] };

  const scope = name === caller.name ? caller.scope : undefined;
  const isOfType = ({ resource_type }: Permission) =>
    resource_type === resource.type || resource_type === '*';
  const onEvery = grantsFound(standing.items, [grantKey(name, '*')], user);
  const granted = async function* () {
    for await (const item of grantItems(user, range.after, requestSize(range))) {
      yield { resource: resourceOf(item), grants: permissionsOf(item) };
    }
  };
  const scoped = async function* () {
    const lines = (scope ?? []).filter(isOfType).map((line) => line.resource);
    for await (const one of inOrder(lines, range.after)) yield { resource: one, grants: [] };
  };
  // What a grant names comes before what the scope names, and then once.
  const candidates = distinct(
    mergeSorted([granted(), scoped()], (one) => one.resource),
    (one) => one.resource,
  );
  return takePage(
    candidates,
    range,
    (candidate) => candidate.resource,
    (some) =>
      some.map((candidate) => {
        const isKnown = candidate.grants.length === 0 || candidate.grants.some(isOfType);
        const holding = { grants: [...candidate.grants, ...onEvery], scope };
        const may = isKnown && allows(holding, { ...need, resource: candidate.resource });
        return may ? { type: resource.type, id: candidate.resource } : undefined;
      }),
    requestSize(range),
  );
};
