import { forget, logOut, whenTokenEnds } from './api.ts';
import { arrive, find, focus, h, say } from './dom.ts';
import { action } from './form.ts';
import { mayManage, myName } from './me.ts';
import { decisionsView } from './views/decisions.ts';
import { loginView } from './views/login.ts';
import { userView } from './views/user.ts';
import { usersView } from './views/users.ts';

let isIn = false;

const reference = location.pathname.replace(/console\/?$/, 'docs');

/** Puts a view into the page, names the page by it, and leads the keyboard and screen readers there. */
const show = (view: HTMLElement): void => {
  find('#main').replaceChildren(view);
  const heading = view.querySelector('h1');
  document.title = `${heading?.textContent ?? ''} · Bailiwick`;
  const first = isIn ? heading : view.querySelector('input');
  if (first) (isIn ? focus : (input: HTMLElement) => input.focus())(first);
  scrollTo(0, 0);
};

/** The user that an address is about, if it is. */
const nameIn = (hash: string): string => {
  try {
    return decodeURIComponent(/^#\/users\/(.+)$/.exec(hash)?.[1] ?? '');
  } catch {
    return '';
  }
};

const showNavigation = (): void => {
  const links: Record<string, string> = {
    '#/me': 'You',
    ...(mayManage() && { '#/users': 'Users' }),
    '#/decisions': 'Decisions',
  };
  const here = nameIn(location.hash) ? '#/users' : location.hash;
  const nav = find('nav');
  nav.replaceChildren(
    ...Object.entries(links).map(([href, title]) =>
      h('a', { href, 'aria-current': href === here && 'page' }, title),
    ),
    // Beside this page, which would be logged out if it were left.
    h('a', { href: reference, target: '_blank', rel: 'noopener' }, 'API'),
  );
  const who = find('.who');
  who.replaceChildren(h('span', {}, myName()), action('Log out', leave, { class: 'quiet' }));
  nav.hidden = who.hidden = !isIn;
};

/** The view that the address names. */
const route = (): void => {
  if (!isIn) return;
  const { hash } = location;
  const name = nameIn(hash);
  showNavigation();
  if (hash === '#/me') show(userView(myName(), end));
  else if (hash === '#/users') show(usersView());
  else if (hash === '#/decisions') show(decisionsView());
  else if (name) show(userView(name, end));
  else location.replace('#/me');
};

/** Back to the way in, saying why. */
const end = (why: string): void => {
  forget();
  isIn = false;
  for (const dialog of document.querySelectorAll('dialog')) dialog.close();
  find('nav').hidden = find('.who').hidden = true;
  say('');
  show(loginView(enter, why));
};

const enter = (): void => {
  isIn = true;
  say('');
  route();
};

const leave = async (): Promise<void> => end(await logOut());

whenTokenEnds((why) => isIn && end(`You are logged out. ${why}`));
addEventListener('hashchange', () => {
  arrive();
  route();
});
addEventListener('pagehide', () => {
  logOut();
  isIn = false;
});
addEventListener('pageshow', ({ persisted }) => persisted && end(''));
end('');
