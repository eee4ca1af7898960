import type { Page } from '../../lib/client/client.ts';
import { focus, h, table } from './dom.ts';
import { errorPlace } from './form.ts';

interface Listing<T> {
  caption: string;
  columns: string[];
  /** Said when there is none. */
  empty: string;
  /** Asks for the first page. */
  first: () => Promise<Page<T>>;
  row: (item: T) => (Node | string)[];
  /** Told how many there are, and whether there are more. */
  onCount?: (count: number, hasMore: boolean) => void;
}

/** A table of what the API lists, a page at a time. */
export const listing = <T>(options: Listing<T>) => {
  const { caption, columns, empty, first, row, onCount } = options;
  const { place, fail } = errorPlace();
  const shown = h('div');
  const more = h('button', { type: 'button', hidden: true, click: () => go(next) }, 'Show more');
  const element = h('div', { class: 'listing' }, shown, place, more);
  let items: T[] = [];
  let next: Page<T>['next'];
  let asked = 0;

  const show = (from: number) => {
    more.hidden = !next;
    shown.replaceChildren(
      items.length > 0 ? table(caption, columns, items.map(row)) : h('p', {}, empty),
    );
    const added = shown.querySelectorAll('tbody th')[from];
    if (from > 0 && added) focus(added as HTMLElement);
    onCount?.(items.length, Boolean(next));
  };

  /** Reads the first page, or one more; of two at once the later one counts. */
  const go = async (further?: Page<T>['next']): Promise<void> => {
    const turn = ++asked;
    const from = further ? items.length : 0;
    try {
      const page = await (further ?? first)();
      if (turn !== asked) return;
      items = [...items.slice(0, from), ...page.items];
      next = page.next;
      fail();
      show(from);
    } catch (error) {
      if (turn !== asked) return;
      if (!further) shown.replaceChildren();
      fail(error);
    }
  };

  return { element, load: () => go() };
};
