import { logIn, logOut, useToken } from '../api.ts';
import { h } from '../dom.ts';
import { field, form, text } from '../form.ts';
import { readMe } from '../me.ts';

/** The way in: by username and password, or by a token that one has. */
export const loginView = (onIn: () => void, why: string): HTMLElement => {
  const enter = async (begin: () => Promise<void> | void) => {
    try {
      await begin();
      await readMe();
    } catch (error) {
      // A session that was begun would live on for nothing.
      await logOut();
      throw error;
    }
    onIn();
  };
  return h(
    'div',
    { class: 'login' },
    h('h1', {}, 'Log in'),
    why && h('p', { class: 'why' }, why),
    h(
      'div',
      { class: 'card' },
      form(
        {
          submit: 'Log in',
          label: 'Log in',
          onSubmit: (data) => enter(() => logIn(text(data, 'username'), text(data, 'password'))),
        },
        field({ label: 'Username', name: 'username', autocomplete: 'username' }),
        field({
          label: 'Password',
          name: 'password',
          type: 'password',
          autocomplete: 'current-password',
        }),
      ),
      h(
        'details',
        {},
        h('summary', {}, 'Use a token instead'),
        form(
          {
            submit: 'Use this token',
            label: 'Use a token',
            kind: undefined,
            onSubmit: (data) => enter(() => useToken(text(data, 'token').trim())),
          },
          field({
            label: 'Token of an API key or a session',
            name: 'token',
            type: 'password',
            placeholder: 'bw_…',
          }),
        ),
      ),
    ),
    h(
      'p',
      { class: 'note' },
      'Your token stays in the memory of this page. Reload or close it, and you are logged out.',
    ),
  );
};
