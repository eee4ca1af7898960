import * as v from 'valibot';

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
