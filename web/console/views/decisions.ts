import { api } from '../api.ts';
import { card, h } from '../dom.ts';
import { field, form, text } from '../form.ts';
import { myName } from '../me.ts';
import { lineOf, permissionFields } from './permission.ts';

/** May X do Y to Z? With the reason. */
export const decisionsView = (): HTMLElement => {
  const answer = h('div', { role: 'status' });
  const ask = form(
    {
      submit: 'Ask',
      label: 'Ask for a decision',
      onSubmit: async (data) => {
        answer.replaceChildren();
        const { decision, context } = await api.post('/access/v1/evaluation', {
          body: {
            subject: { type: 'user', id: text(data, 'subject') },
            action: { name: text(data, 'type') },
            resource: { type: text(data, 'resource_type'), id: text(data, 'resource') },
          },
        });
        answer.append(
          h(
            'div',
            { class: `verdict ${decision ? 'yes' : 'no'}` },
            h('p', { class: 'word' }, decision ? 'Yes, allowed.' : 'No, denied.'),
            h('p', {}, context.reason),
            context.grant && h('p', {}, 'By the grant ', h('code', {}, lineOf(context.grant))),
          ),
        );
      },
    },
    field({ label: 'Username', name: 'subject', value: myName() }),
    h('div', { class: 'trio' }, ...permissionFields()),
  );
  return h(
    'div',
    { class: 'single' },
    h('h1', {}, 'May X do Y to Z?'),
    card('Question', ask, answer),
  );
};
