import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { invalid } from './errors.ts';

/** Most bytes of one answer; Lambda's own limit is 6 MB. */
const mostBytes = 5_000_000;

/** Asked of one item of a list after another: whether it still fits into an answer. */
export const fitter = (): ((item: object) => boolean) => {
  let bytes = 0;
  return (item) => {
    bytes += Buffer.byteLength(JSON.stringify(item)) + 1;
    return bytes <= mostBytes;
  };
};

/** As many of a list as fit into an answer, and whether there are more. */
export const whatFits = <T extends object>(items: Iterable<T>): { items: T[]; more: boolean } => {
  const fits = fitter();
  const taken: T[] = [];
  for (const item of items) {
    if (!fits(item)) return { items: taken, more: true };
    taken.push(item);
  }
  return { items: taken, more: false };
};

const limitRule = 'must be a whole number from 1 to 1000';

/** Input schema of how many items a page may have. */
export const limitSchema = v.pipe(
  v.string(limitRule),
  v.regex(/^[1-9]\d{0,3}$/, limitRule),
  v.transform(Number),
  v.maxValue(1000, limitRule),
);

/** Where a page of a search begins, of which search, and how long it may be. */
interface Place {
  after: string;
  limit: number;
  of: string;
}

const mostResults = 1000;
const tokenRule = 'page.token must be the next_token of the page before, of the same search.';

const digestOf = (search: unknown): string =>
  createHash('sha256').update(JSON.stringify(search)).digest('base64url').slice(0, 16);

/**
 * The range that a search asks for. Throws `invalid` for a token that is not of this very search, as OpenID
 * AuthZEN wants. A token says where to go on, not what its bearer may see, so nothing is lost by forging one.
 * @param search all by which one search differs from another, in a fixed order
 */
export const rangeOf = (
  page: { token?: string | undefined; limit?: number | undefined },
  search: unknown,
): { after: string; limit: number } => {
  if (!page.token) return { after: '', limit: Math.min(page.limit ?? mostResults, mostResults) };
  const { after, limit, of } = readPlace(page.token);
  const isSame = page.limit === undefined || Math.min(page.limit, mostResults) === limit;
  if (of !== digestOf(search) || !isSame) throw invalid(tokenRule);
  return { after, limit };
};

const placeSchema = v.object({
  // It becomes part of a key, which holds 1,024 bytes.
  after: v.pipe(
    v.string(),
    v.check((text) => text.isWellFormed() && Buffer.byteLength(text) <= 1000),
  ),
  limit: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(mostResults)),
  of: v.string(),
});

const readPlace = (token: string): Place => {
  try {
    return v.parse(placeSchema, JSON.parse(Buffer.from(token, 'base64url').toString()));
  } catch {
    throw invalid(tokenRule);
  }
};

/** A page of results in AuthZEN's form (section 8.2.2). */
export const shapePage = (
  { results, next }: { results: object[]; next?: string | undefined },
  limit: number,
  search: unknown,
) => {
  const place = next !== undefined && { after: next, limit, of: digestOf(search) };
  const next_token = place ? Buffer.from(JSON.stringify(place)).toString('base64url') : '';
  return { page: { next_token, count: results.length }, results };
};
