/* What Redoc leaves out for people who use a keyboard or a screen reader. */

/** Labels such as "Query parameters" are headings of the fifth level right below those of the second. */
const setLevel = (heading: Element): void => heading.setAttribute('aria-level', '3');

/** What scrolls must be reached without a mouse. */
const letScroll = (box: Element): void => box.setAttribute('tabindex', '0');

/** A heading's link to itself is named by its address, and the heading by both. The menu leads there too. */
const leaveOut = (link: Element): void => {
  link.setAttribute('aria-hidden', 'true');
  link.setAttribute('tabindex', '-1');
};

/** What opens at a click has to open by keyboard. */
const letOpen = (opener: Element): void => {
  opener.setAttribute('role', 'button');
  opener.setAttribute('tabindex', '0');
  (opener as HTMLElement).onkeydown = (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    (opener as HTMLElement).click();
  };
};

/** The way to the menu where the page is narrow: an image alone. */
const nameMenu = (opener: Element): void => {
  opener.setAttribute('aria-label', 'Menu');
  letOpen(opener);
};

const repairs: Record<string, (element: Element) => void> = {
  h5: setLevel,
  pre: letScroll,
  'h1 > a, h2 > a': leaveOut,
  'div:has(> h5 + svg)': letOpen,
  '.menu-content + div': nameMenu,
};

/** Repairs what is drawn in an element, now and later. */
export const makeUsable = (element: HTMLElement): void => {
  const repair = (): void => {
    for (const [selector, mend] of Object.entries(repairs)) {
      for (const found of element.querySelectorAll(selector)) mend(found);
    }
  };
  new MutationObserver(repair).observe(element, { childList: true, subtree: true });
  repair();
};
