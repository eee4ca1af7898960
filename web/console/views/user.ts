import { card, h } from '../dom.ts';
import { isMe, mayToUser, readMe } from '../me.ts';
import { deletionCard, passwordCard, sessionsCard } from './account.ts';
import { apiKeysCard } from './api-keys.ts';
import { historyCard } from './history.ts';
import { permissionsCard } from './permissions.ts';

/** One user, oneself or another: as much of it as the caller may see and do. */
export const userView = (name: string, onOwnEnd: (why: string) => void): HTMLElement => {
  const isOwn = isMe(name);
  const mayAll = isOwn || mayToUser('admin', name);
  const history = mayAll ? historyCard(name) : undefined;
  const onChange = async () => {
    if (isOwn) await readMe();
    await history?.load();
  };
  const account = { name, onChange, onOwnEnd };
  return h(
    'div',
    { class: 'user' },
    h('h1', {}, name, ' ', isOwn && h('small', {}, 'you')),
    h(
      'div',
      { class: 'wide' },
      permissionsCard(name, onChange),
      mayAll && apiKeysCard(name, onChange),
    ),
    mayAll &&
      h(
        'div',
        { class: 'narrow' },
        passwordCard(account),
        sessionsCard(account),
        mayToUser('admin', name) && deletionCard(account),
      ),
    history?.element ??
      card('No more', h('p', {}, `Keys and history of ${name} need admin on user ${name}.`)),
  );
};
