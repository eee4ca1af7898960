import { api } from '../api.ts';
import { card, goTo, h } from '../dom.ts';
import { field, form, newPassword, text } from '../form.ts';
import { listing } from '../listing.ts';
import { mayCreate, mayToUser } from '../me.ts';
import { permissionRows, permissionsIn } from './permission.ts';

const linkToUser = (name: string): string => `#/users/${encodeURIComponent(name)}`;

/** Everyone whose name begins so, as it is typed. */
const finder = (): HTMLElement => {
  const count = h('p', { class: 'count', role: 'status' });
  const users = listing({
    caption: 'Users',
    columns: ['Username'],
    empty: 'Nobody.',
    first: () =>
      api.page('/api/v1/users', {
        query: { limit: 50, prefix: text(new FormData(search), 'prefix') },
      }),
    row: ({ username }) => [h('a', { href: linkToUser(username) }, username)],
    onCount: (found, hasMore) => {
      count.textContent = `${found}${hasMore ? ' and more' : ''} ${found === 1 ? 'user' : 'users'}`;
    },
  });
  let timer = 0;
  const search = form(
    { submit: 'Find', label: 'Find users', role: 'search', onSubmit: users.load },
    field({ label: 'Username begins with', name: 'prefix', type: 'search', optional: true }),
  );
  search.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(users.load, 250);
  });
  users.load();
  return card('Find', search, count, users.element);
};

/** For who may not list users: by the whole name. */
const opener = (): HTMLElement =>
  card(
    'Open',
    form(
      {
        submit: 'Open',
        label: 'Open a user',
        onSubmit: async (data) => goTo(linkToUser(text(data, 'username'))),
      },
      field({
        label: 'Username',
        name: 'username',
        hint: 'Listing everyone needs admin on user *.',
      }),
    ),
  );

const creator = (): HTMLElement =>
  card(
    'Create',
    form(
      {
        submit: 'Create user',
        label: 'Create a user',
        onSubmit: async (data) => {
          const { username } = await api.post('/api/v1/users/{userName}', {
            path: { userName: text(data, 'username') },
            body: { password: text(data, 'password'), initial_policies: permissionsIn(data) },
          });
          goTo(linkToUser(username), `${username} is created.`);
        },
      },
      field({ label: 'Username', name: 'username' }),
      newPassword('Password', 'password'),
      permissionRows('First permissions', 'What the user may do from the start. May be none.'),
    ),
  );

export const usersView = (): HTMLElement =>
  h(
    'div',
    { class: 'columns' },
    h('h1', {}, 'Users'),
    mayToUser('admin', '*') ? finder() : opener(),
    mayCreate() && creator(),
  );
