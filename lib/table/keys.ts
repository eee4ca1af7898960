/**
 * Every key shape, in one place. A key has at most one variable part and it stands last, so nothing
 * in it can be mistaken for structure; usernames hold no `#` in any case. Names come in folded.
 */
export interface Key {
  pk: string;
  sk: string;
}

const partition = (name: string) => `USER#${name}`;

export const userKey = (name: string): Key => ({ pk: partition(name), sk: '#USER' });

/** The folded username that a user's items are kept under. */
export const nameOf = ({ pk }: Key): string => pk.slice(partition('').length);

export const grantPrefix = 'PERM#';
/** Sorts after the grant on any resource. */
export const afterGrants = 'PERM$';
export const grantKey = (name: string, resource: string): Key => ({
  pk: partition(name),
  sk: grantPrefix + resource,
});

/** Sorts after every grant and before every token: a user with its grants is below it. */
export const tokenPrefix = 'TOKEN#';
export const tokenKey = (name: string, tokenId: string): Key => ({
  pk: partition(name),
  sk: tokenPrefix + tokenId,
});

/** One audit event of a user; the id sorts by time. */
export const auditKey = (name: string, eventId: string): Key => ({
  pk: `AUDIT#${name}`,
  sk: eventId,
});

const failures = (name: string) => `LOGIN#${name}`;

/** Wrong passwords for one username: from one address, and from anywhere. */
export const failureKeys = (name: string, address: string): [Key, Key] => [
  { pk: failures(name), sk: `ADDRESS#${address}` },
  { pk: failures(name), sk: 'ANYWHERE' },
];

/** Calls refused to one user in one hour, `2026-11-24T19`. */
export const refusalsKey = (name: string, hour: string): Key => ({
  pk: failures(name),
  sk: `REFUSED#${hour}`,
});

/** Listing is spread over this many index partitions, so that creating users has no hot spot. */
export const userShards = 4;

export const shardKey = (shard: number) => `USERS#${shard}`;

/** Index entry under which a user is listed. The shard is a sum over the name: any even spread does. */
export const userIndexKey = (name: string) => {
  let sum = 0;
  for (const byte of Buffer.from(name)) sum = (sum * 31 + byte) % 65_521;
  return { gsi1pk: shardKey(sum % userShards), gsi1sk: name };
};

export const resourceIndexKey = (resource: string) => `RESOURCE#${resource}`;

/** Index entry that answers "who may touch this resource?". */
export const grantIndexKey = (name: string, resource: string) => ({
  gsi1pk: resourceIndexKey(resource),
  gsi1sk: name,
});
