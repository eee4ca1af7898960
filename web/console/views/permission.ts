import type { Permission } from '../../../lib/client/client.ts';
import { h } from '../dom.ts';
import { choice, field } from '../form.ts';

/** The three parts of a permission. Write does not include read: said, since one might think so. */
export const permissionFields = (): HTMLElement[] => [
  choice('May', 'type', {
    read: 'read',
    write: 'write',
    'admin (read and write too)': 'admin',
  }),
  field({ label: 'Resource type', name: 'resource_type', placeholder: 'table' }),
  field({ label: 'Resource', name: 'resource', placeholder: 'orders, or * for all' }),
];

/** The permissions of a form, as many as it has fields for. */
export const permissionsIn = (data: FormData): Permission[] =>
  data.getAll('type').map((type, index) => ({
    resource: String(data.getAll('resource')[index]),
    resource_type: String(data.getAll('resource_type')[index]),
    type: type as Permission['type'],
  }));

/** As many permissions as one likes, none at first. */
export const permissionRows = (legend: string, hint: string): HTMLElement => {
  const add = h('button', { type: 'button', click: () => rows.append(row()) }, 'Add a permission');
  const rows = h('div', { class: 'rows' });
  const row = (): HTMLElement => {
    const remove = () => {
      line.remove();
      add.focus();
    };
    const line = h(
      'div',
      { class: 'trio', role: 'group', 'aria-label': 'Permission' },
      ...permissionFields(),
      h('button', { type: 'button', class: 'quiet', click: remove }, 'Remove'),
    );
    queueMicrotask(() => line.querySelector('select')?.focus());
    return line;
  };
  return h('fieldset', {}, h('legend', {}, legend), h('small', {}, hint), rows, add);
};

/** A permission as a line of text. */
export const lineOf = ({ type, resource_type, resource }: Permission): string =>
  `${type} on ${resource_type} ${resource}`;
