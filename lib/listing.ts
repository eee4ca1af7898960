import { foldName } from './fold-name.ts';
import { fitter } from './paging.ts';
import { type Caller, onUser, readStanding, requirePermission } from './standing.ts';
import { userShards } from './table/keys.ts';
import { shardUsers } from './table/listing.ts';
import { mergeSorted } from './table/merge.ts';

/** One page of a listing, and whether there is more after it. */
export interface UserPage {
  users: { username: string }[];
  more: boolean;
}

/**
 * Lists users by folded name, for an admin on user `*`.
 *
 * @param range.limit at most so many; without it all that fit in 5 MB
 * @param range.after only names after this one
 * @param range.prefix only names that begin so
 */
export const listUsers = async (
  caller: Caller,
  range: { limit?: number | undefined; after?: string | undefined; prefix?: string | undefined },
): Promise<UserPage> => {
  const admin = onUser('admin', '*');
  requirePermission(await readStanding(caller, [admin]), admin);

  const bounds = { after: foldName(range.after ?? ''), prefix: foldName(range.prefix ?? '') };
  const shards = Array.from({ length: userShards }, (_, shard) =>
    shardUsers(shard, bounds, range.limit),
  );
  const users: { username: string }[] = [];
  const fits = fitter();
  for await (const { username } of mergeSorted(shards, (user) => user.name)) {
    if (users.length === range.limit || !fits({ username })) return { users, more: true };
    users.push({ username });
  }
  return { users, more: false };
};
