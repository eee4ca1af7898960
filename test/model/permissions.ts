/** A permission, or a need: `<resource_type> <resource> <type>`, as in `user ann admin`. */
export type Permission = string;
export const globalAdmin: Permission = '* * admin';

export const names = ['ann', 'bob', 'cat', 'dan'];

const permissionsOn = (resources: string[]): Permission[] =>
  ['*', 'user', 'table'].flatMap((resourceType) =>
    resources.flatMap((resource) =>
      ['read', 'write', 'admin'].map((type) => `${resourceType} ${resource} ${type}`),
    ),
  );

/** What can be granted here: little, so that it meets often. A table may be called ann as well. */
export const permissions = permissionsOn(['*', 'ann', 'bob']);

/** What can be needed. Who administers cat does so by a permission on `*`. */
const needs = permissionsOn(['*', ...names]);

const covers = (held: Permission, need: Permission): boolean => {
  const [heldResourceType, heldResource, heldType] = held.split(' ');
  const [resourceType, resource, type] = need.split(' ');
  return (
    (heldResourceType === resourceType || heldResourceType === '*') &&
    (heldResource === resource || heldResource === '*') &&
    (heldType === type || heldType === 'admin')
  );
};

const coveredBy = new Map(needs.map((held) => [held, needs.filter((need) => covers(held, need))]));

/** Every need that these permissions cover, each by itself. */
export const reach = (held: Iterable<Permission>): Set<Permission> =>
  new Set([...held].flatMap((permission) => coveredBy.get(permission) ?? []));

/** What a permission is about, without its type: `user ann`. */
export const aboutOf = (permission: Permission): string => permission.replace(/ \w+$/, '');

/** What of some needs is not among others. */
export const without = (some: Set<Permission>, others: Set<Permission>): Set<Permission> =>
  new Set([...some].filter((need) => !others.has(need)));
