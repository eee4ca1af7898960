/** Compares as DynamoDB sorts: by the bytes of UTF-8. */
export const compareBytes = (a: string, b: string): number =>
  Buffer.compare(Buffer.from(a), Buffer.from(b));

/**
 * Merges sequences, each sorted by `key` in byte order (as DynamoDB sorts), into one sorted sequence.
 * All first pages are asked for at once.
 */
export async function* mergeSorted<T>(
  sources: readonly AsyncGenerator<T>[],
  key: (item: T) => string,
): AsyncGenerator<T> {
  const heads = await Promise.all(sources.map((source) => source.next()));
  for (;;) {
    let least: { index: number; item: T } | undefined;
    for (const [index, head] of heads.entries()) {
      if (head.done) continue;
      if (!least || compareBytes(key(head.value), key(least.item)) < 0) {
        least = { index, item: head.value };
      }
    }
    const source = least && sources[least.index];
    if (!least || !source) return;
    yield least.item;
    heads[least.index] = await source.next();
  }
}
