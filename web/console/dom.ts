/* Elements without markup: text is text, so no data can become HTML. */

type Child = Node | string | false | undefined | null;

interface Attributes {
  [name: string]: string | boolean | undefined | ((event: Event) => void);
}

/** An element. A function among its attributes listens to the event of that name. */
export const h = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.filter((child) => typeof child === 'string' || child instanceof Node));
  return element;
};

let made = 0;
export const freshId = (): string => `x${++made}`;

/** What there must be in the page. */
export const find = <E extends Element = HTMLElement>(selector: string): E => {
  const element = document.querySelector<E>(selector);
  if (!element) throw new Error(`The page has no ${selector}.`);
  return element;
};

/** Says how something went; it stands until it is dismissed, or the next thing is said. */
export const say = (sentence: string): void => {
  const close = h('button', { type: 'button', class: 'quiet', click: () => say('') }, 'Dismiss');
  const said = sentence ? [h('p', {}, sentence), close] : [];
  find('#outcome').replaceChildren(...said);
};

let onArrival = '';
/** Goes to another view, and says something there. */
export const goTo = (hash: string, sentence = ''): void => {
  onArrival = sentence;
  location.hash = hash;
};

/** Another view has come: what was said is no longer about this one. */
export const arrive = (): void => {
  say(onArrival);
  onArrival = '';
};

/** Moves the focus to what is no control. */
export const focus = (element: HTMLElement): void => {
  element.tabIndex = -1;
  element.focus();
};

/** A part of a page under its own heading. */
export const card = (title: string, ...children: Child[]): HTMLElement => {
  const id = freshId();
  return h(
    'section',
    { class: 'card', 'aria-labelledby': id },
    h('h2', { id }, title),
    ...children,
  );
};

/** A time as the reader's place writes it. */
export const time = (iso: string | undefined, otherwise = '–'): Node | string =>
  iso
    ? h(
        'time',
        { datetime: iso, title: iso },
        new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' }),
      )
    : otherwise;

/** A table that scrolls by itself where it is too wide, and by the keyboard too. */
export const table = (caption: string, columns: string[], rows: Child[][]): HTMLElement => {
  const head = columns.map((column) => h('th', { scope: 'col' }, column));
  const line = ([first, ...cells]: Child[]) =>
    h('tr', {}, h('th', { scope: 'row' }, first), ...cells.map((cell) => h('td', {}, cell)));
  return h(
    'div',
    { class: 'scroll', role: 'region', 'aria-label': caption, tabindex: '0' },
    h(
      'table',
      {},
      h('caption', {}, caption),
      h('thead', {}, h('tr', {}, ...head)),
      h('tbody', {}, ...rows.map(line)),
    ),
  );
};

/** Asks before what cannot be undone. */
export const confirm = (question: string, consequence: string, yes: string): Promise<boolean> =>
  new Promise((resolve) => {
    const [title, text] = [freshId(), freshId()];
    const dialog = h(
      'dialog',
      {
        'aria-labelledby': title,
        'aria-describedby': text,
        close: () => {
          dialog.remove();
          resolve(dialog.returnValue === 'yes');
        },
      },
      h('h2', { id: title }, question),
      h('p', { id: text }, consequence),
      h(
        'div',
        { class: 'actions' },
        h('button', { type: 'button', click: () => dialog.close('no') }, 'Cancel'),
        h('button', { type: 'button', class: 'danger', click: () => dialog.close('yes') }, yes),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
