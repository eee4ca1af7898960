/** What a grant may allow on its resource. `admin` includes both others; `write` excludes `read`. */
export const accessTypes = ['read', 'write', 'admin'] as const;
export type AccessType = (typeof accessTypes)[number];

/** A grant, a line of a token's scope, or a need: may `type` be done to `resource`? */
export interface Permission {
  resource: string;
  resource_type: string;
  type: AccessType;
}

/** The permission that covers every need. */
export const globalAdmin: Permission = { resource: '*', resource_type: '*', type: 'admin' };

/** Whether holding `held` is enough for `need`. Pure; every decision in the system ends here. */
export const covers = (held: Permission, need: Permission): boolean =>
  (held.resource_type === need.resource_type || held.resource_type === '*') &&
  (held.resource === need.resource || held.resource === '*') &&
  (held.type === need.type || held.type === 'admin');

const anyCovers = (held: readonly Permission[], need: Permission): boolean =>
  held.some((permission) => covers(permission, need));

/** What a caller has: its grants, and the scope of the token it came with (none: unlimited). */
export interface Holding {
  grants: readonly Permission[];
  scope?: readonly Permission[] | undefined;
}

/** Whether the caller may do `need`: covered by a grant and, through a scoped token, by the scope. */
export const allows = ({ grants, scope }: Holding, need: Permission): boolean =>
  anyCovers(grants, need) && (scope === undefined || anyCovers(scope, need));

/**
 * `allows` for many needs of one caller: looks only at the grants on a need's resource or on `*`, so that
 * two long lists are compared in a time that grows with their sum.
 */
export const holder = ({ grants, scope }: Holding): ((need: Permission) => boolean) => {
  const onResource = Map.groupBy(grants, ({ resource }) => resource);
  const bearing = (resource: string) => onResource.get(resource) ?? [];
  return (need) => allows({ grants: [...bearing(need.resource), ...bearing('*')], scope }, need);
};

const narrower = (a: string, b: string): string | undefined =>
  a === b || b === '*' ? a : a === '*' ? b : undefined;

const meet = (a: Permission, b: Permission): Permission | undefined => {
  const resource = narrower(a.resource, b.resource);
  const resource_type = narrower(a.resource_type, b.resource_type);
  const type = a.type === b.type || b.type === 'admin' ? a.type : a.type === 'admin' ? b.type : '';
  return resource && resource_type && type ? { resource, resource_type, type } : undefined;
};

/**
 * The permissions a caller can really use, for showing: the grants, or through a scoped token what
 * grants and scope have in common, each once. `allows(h, need)` exactly when one of these covers the need.
 * Made as they are taken: a scope of many lines can make many more of them than there are grants.
 */
export function* effective({ grants, scope }: Holding): Generator<Permission> {
  if (!scope) return yield* grants;
  const met = new Set<string>();
  for (const grant of grants) {
    for (const line of scope) {
      const both = meet(grant, line);
      const text = both && JSON.stringify([both.resource, both.resource_type, both.type]);
      if (!both || !text || met.has(text)) continue;
      met.add(text);
      yield both;
    }
  }
}

/** A resource as a person reads it, for error sentences: `table "orders"`. */
export const describeResource = ({
  resource_type,
  resource,
}: Pick<Permission, 'resource_type' | 'resource'>): string =>
  `${resource_type === '*' ? 'every type' : resource_type} ${resource === '*' ? '*' : JSON.stringify(resource)}`;

/** A permission as a person reads it: `admin on table "orders"`. */
export const describe = (permission: Permission): string =>
  `${permission.type} on ${describeResource(permission)}`;
