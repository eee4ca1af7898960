import { api } from '../api.ts';
import { card, confirm, goTo, h, say } from '../dom.ts';
import { action, field, form, newPassword, text } from '../form.ts';
import { isMe, mayToUser } from '../me.ts';

interface Account {
  name: string;
  onChange: () => Promise<void>;
  /** The session in use may be over by what was done. */
  onOwnEnd: (why: string) => void;
}

/** The password of a user: of oneself by the current one, unless one administers oneself. */
export const passwordCard = ({ name, onChange, onOwnEnd }: Account): HTMLElement => {
  const isAdmin = mayToUser('admin', name);
  const current = field({
    label: 'Current password',
    name: 'current_password',
    type: 'password',
    autocomplete: 'current-password',
    optional: isAdmin,
    ...(isAdmin && { hint: 'You administer yourself, and may leave it out.' }),
  });
  return card(
    'Password',
    form(
      {
        submit: 'Set password',
        label: `Set the password of ${name}`,
        onSubmit: async (data, element) => {
          const current_password = text(data, 'current_password');
          await api.put('/api/v1/users/{userName}/password', {
            path: { userName: name },
            body: {
              new_password: text(data, 'new_password'),
              ...(current_password && { current_password }),
            },
          });
          if (isMe(name)) {
            return onOwnEnd('Your password is set, and your sessions are over: log in with it.');
          }
          say(`The password of ${name} is set, and its sessions are over.`);
          element.reset();
          await onChange();
        },
      },
      // By it a password manager knows whose password this is.
      h('input', { hidden: true, autocomplete: 'username', value: name }),
      ...(isMe(name) ? [current] : []),
      newPassword('New password', 'new_password'),
    ),
  );
};

/** Ends every session of a user. */
export const sessionsCard = ({ name, onChange, onOwnEnd }: Account): HTMLElement => {
  const end = async () => {
    const consequence = `Everyone logged in as ${name} is logged out. API keys live on.`;
    if (!(await confirm(`End the sessions of ${name}?`, consequence, 'End sessions'))) return;
    await api.delete('/api/v1/users/{userName}/sessions', { path: { userName: name } });
    if (isMe(name)) return onOwnEnd('Your sessions are over.');
    say(`The sessions of ${name} are over.`);
    await onChange();
  };
  return card(
    'Sessions',
    h('p', {}, `Logs ${name} out everywhere. API keys live on.`),
    action('End sessions', end),
  );
};

/** Deletes a user, for who administers it. */
export const deletionCard = ({ name, onOwnEnd }: Account): HTMLElement => {
  const remove = async () => {
    const consequence = 'Its permissions, keys and sessions are gone at once, for good.';
    if (!(await confirm(`Delete ${name}?`, consequence, 'Delete user'))) return;
    await api.delete('/api/v1/users/{userName}', { path: { userName: name } });
    if (isMe(name)) return onOwnEnd(`${name} is deleted.`);
    goTo('#/users', `${name} is deleted.`);
  };
  return card(
    'Deletion',
    h('p', {}, `Deletes ${name} with its permissions, keys and sessions. Its history is kept.`),
    action('Delete user', remove, { class: 'danger' }),
  );
};
