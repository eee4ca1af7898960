import type { ApiKey } from '../../../lib/client/client.ts';
import { api } from '../api.ts';
import { card, confirm, focus, freshId, h, say, time } from '../dom.ts';
import { action, choice, field, form, text } from '../form.ts';
import { listing } from '../listing.ts';
import { lineOf, permissionRows, permissionsIn } from './permission.ts';

const lifetimes = {
  'It is deleted': '',
  'A day': '24h',
  '30 days': '720h',
  '90 days': '2160h',
  'A year': '8760h',
};

/** A new key's token: here this once, until it is said to be kept. */
const secretOf = (name: string, token: string, onKept: () => void): HTMLElement => {
  const id = freshId();
  const code = h('code', { class: 'token' }, token);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(token);
      say('The token is copied.');
    } catch {
      getSelection()?.selectAllChildren(code);
      say('The browser lets no page copy here: the token is selected, copy it yourself.');
    }
  };
  const kept = () => {
    element.remove();
    onKept();
  };
  const element = h(
    'div',
    { class: 'secret', role: 'group', 'aria-labelledby': id },
    h('h3', { id }, `The token of “${name}”, shown this once`),
    code,
    h(
      'div',
      { class: 'actions' },
      h('button', { type: 'button', class: 'main', click: copy }, 'Copy'),
      h('button', { type: 'button', click: kept }, 'I have kept it'),
    ),
  );
  return element;
};

/** The live keys of a user; to mint, and to delete. */
export const apiKeysCard = (name: string, onChange: () => Promise<void>): HTMLElement => {
  const path = { userName: name };
  const place = h('div');

  const remove = async (key: ApiKey) => {
    const consequence = 'Whatever uses it is refused from now on.';
    if (!(await confirm(`Delete the key “${key.name}”?`, consequence, 'Delete key'))) return;
    await api.delete('/api/v1/users/{userName}/api-keys/{keyId}', {
      path: { ...path, keyId: key.key_id },
    });
    say(`The key “${key.name}” is deleted.`);
    focus(part);
    await Promise.all([keys.load(), onChange()]);
  };

  const keys = listing({
    caption: `Live API keys of ${name}`,
    columns: ['Name', 'Limited to', 'Made', 'Last used', 'Ends', 'Change'],
    empty: 'No keys.',
    first: () => api.page('/api/v1/users/{userName}/api-keys', { path }),
    row: (key) => [
      h('span', { title: key.key_id }, key.name),
      key.permissions
        ? h('ul', { class: 'plain' }, ...key.permissions.map((one) => h('li', {}, lineOf(one))))
        : 'all its owner may',
      time(key.created_at),
      time(key.last_used_at, 'not yet'),
      time(key.expires_at, 'never'),
      action('Delete', () => remove(key), {
        class: 'quiet',
        'aria-label': `Delete the key ${key.name}`,
      }),
    ],
  });

  const mint = form(
    {
      submit: 'Mint key',
      label: `Mint an API key for ${name}`,
      onSubmit: async (data, element) => {
        const scope = permissionsIn(data);
        const label = text(data, 'name');
        const { encoded } = await api.post('/api/v1/users/{userName}/api-keys', {
          path,
          body: {
            name: label,
            ...(text(data, 'expires_in') && { expires_in: text(data, 'expires_in') }),
            ...(scope.length > 0 && { permissions: scope }),
          },
        });
        const secret = secretOf(label, encoded, () => focus(part));
        place.replaceChildren(secret);
        say(`The key “${label}” is minted. Its token is shown this once.`);
        focus(secret);
        element.reset();
        element.querySelector('.rows')?.replaceChildren();
        await Promise.all([keys.load(), onChange()]);
      },
    },
    h(
      'div',
      { class: 'pair' },
      field({ label: 'Name of the key', name: 'name', placeholder: 'nightly report' }),
      choice('Lives until', 'expires_in', lifetimes),
    ),
    permissionRows('Limits', `Without any it may do all that ${name} may.`),
  );

  const part = card('API keys', place, keys.element, h('h3', {}, 'Mint a key'), mint);
  keys.load();
  return part;
};
