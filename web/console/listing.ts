import { call } from './api.ts';
import { focus, h, table } from './dom.ts';
import { errorPlace } from './form.ts';

interface Listing<T> {
  caption: string;
  columns: string[];
  /** Said when there is none. */
  empty: string;
  path: () => string;
  /** The items in an answer, where it is not just they. */
  read?: (body: never) => T[];
  row: (item: T) => (Node | string)[];
  /** Told how many there are, and whether there are more. */
  onCount?: (count: number, hasMore: boolean) => void;
}

/** A table of what the API lists, a page at a time. */
export const listing = <T>(options: Listing<T>) => {
  const { caption, columns, empty, path, row, onCount } = options;
  const read = options.read ?? ((body) => body as T[]);
  const { place, fail } = errorPlace();
  const shown = h('div');
  const more = h('button', { type: 'button', hidden: true, click: () => go(next) }, 'Show more');
  const element = h('div', { class: 'listing' }, shown, place, more);
  let items: T[] = [];
  let next: string | undefined;
  let asked = 0;

  const show = (first: number) => {
    more.hidden = !next;
    shown.replaceChildren(
      items.length > 0 ? table(caption, columns, items.map(row)) : h('p', {}, empty),
    );
    const added = shown.querySelectorAll('tbody th')[first];
    if (first > 0 && added) focus(added as HTMLElement);
    onCount?.(items.length, Boolean(next));
  };

  /** Reads the first page, or one more; of two at once the later one counts. */
  const go = async (at?: string): Promise<void> => {
    const turn = ++asked;
    const first = at ? items.length : 0;
    try {
      const reply = await call<never>('GET', at ?? path());
      if (turn !== asked) return;
      items = [...items.slice(0, first), ...read(reply.body)];
      next = reply.next;
      fail();
      show(first);
    } catch (error) {
      if (turn !== asked) return;
      if (!at) shown.replaceChildren();
      fail(error);
    }
  };

  return { element, load: () => go() };
};
