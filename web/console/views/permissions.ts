import type { Permission } from '../../../lib/client/client.ts';
import { api } from '../api.ts';
import { card, confirm, focus, h, say } from '../dom.ts';
import { action, form } from '../form.ts';
import { listing } from '../listing.ts';
import { isMe, may, mayGrant, mayToUser } from '../me.ts';
import { lineOf, permissionFields, permissionsIn } from './permission.ts';

/** What a user may do, or of oneself what the token may; to give, and to take. */
export const permissionsCard = (name: string, onChange: () => Promise<void>): HTMLElement => {
  const path = { userName: name };
  const isOwn = isMe(name);
  const isSeen = isOwn || mayToUser('read', name);

  const revoke = async (permission: Permission) => {
    const line = lineOf(permission);
    const question = `Revoke ${line}?`;
    if (!(await confirm(question, `${name} may no longer do this from now on.`, 'Revoke'))) return;
    const { resource, resource_type: resourceType, type } = permission;
    const query = { resource, resourceType, type };
    await api.delete('/api/v1/users/{userName}/permissions', { path, query });
    say(`${name} is no longer granted ${line}.`);
    focus(part);
    await onChange();
    await held.load();
  };

  const held = listing({
    caption: isOwn ? 'What you may do with this token' : `What ${name} is granted`,
    columns: ['May', 'Resource type', 'Resource', 'Change'],
    empty: 'Nothing.',
    first: () =>
      isOwn
        ? api.page('/api/v1/users/me')
        : api.page('/api/v1/users/{userName}/permissions', { path }),
    row: (permission) => [
      h('span', { class: `tag ${permission.type}` }, permission.type),
      permission.resource_type,
      h('code', {}, permission.resource),
      may({ ...permission, type: 'admin' })
        ? action('Revoke', () => revoke(permission), {
            class: 'quiet',
            'aria-label': `Revoke ${lineOf(permission)}`,
          })
        : '–',
    ],
  });

  const grant = () =>
    form(
      {
        submit: 'Grant',
        label: `Grant ${name} a permission`,
        onSubmit: async (data, element) => {
          const [permission] = permissionsIn(data);
          if (!permission) return;
          await api.post('/api/v1/users/{userName}/permissions', { path, body: permission });
          say(`${name} is granted ${lineOf(permission)}.`);
          element.reset();
          await onChange();
          if (isSeen) await held.load();
        },
      },
      h('div', { class: 'trio' }, ...permissionFields()),
    );

  const part = card(
    'Permissions',
    isSeen && held.element,
    mayGrant() && h('h3', {}, 'Grant a permission'),
    mayGrant() && grant(),
  );
  if (isSeen) held.load();
  return part;
};
