import { ApiError } from '../../lib/client/client.ts';
import { freshId, h } from './dom.ts';

/** What a refusal says, and when to ask again where it is known; or a fault. */
const sentenceOf = (error: unknown): string => {
  if (!(error instanceof ApiError)) {
    reportError(error);
    return 'Something went wrong on this page: load it again.';
  }
  const { message, retryAfter } = error;
  if (retryAfter === undefined) return message;
  const wait = retryAfter === 1 ? 'a second' : `${retryAfter} seconds`;
  return `${message} (It may be asked again in ${wait}.)`;
};

/** A place for what was refused, read out as it appears. */
export const errorPlace = () => {
  const place = h('p', { class: 'error', role: 'alert' });
  let isBusy = false;
  const fail = (error?: unknown) => {
    place.textContent = error ? sentenceOf(error) : '';
  };
  /** Does it, unless it is being done already, and shows why it could not be done. */
  const attempt = async (task: () => Promise<void>): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    fail();
    await task().catch(fail);
    isBusy = false;
  };
  return { place, fail, attempt };
};

interface Field {
  label: string;
  name: string;
  hint?: string;
  /** Without it a value is wanted. */
  optional?: boolean;
  [attribute: string]: string | boolean | undefined;
}

const labelled = (label: string, control: HTMLElement, hint?: string, ...beside: Node[]) => {
  const hintId = hint && freshId();
  control.id = freshId();
  if (hintId) control.setAttribute('aria-describedby', hintId);
  return h(
    'div',
    { class: 'field' },
    h('label', { for: control.id }, label),
    beside.length > 0 ? h('div', { class: 'beside' }, control, ...beside) : control,
    hint && h('small', { id: hintId || undefined }, hint),
  );
};

export const field = ({ label, hint, optional, ...attributes }: Field): HTMLElement => {
  const plain = { autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' };
  const required = !optional;
  return labelled(label, h('input', { type: 'text', ...plain, required, ...attributes }), hint);
};

/** A choice of values, each by what it is called. */
export const choice = (
  label: string,
  name: string,
  options: Record<string, string>,
): HTMLElement => {
  const each = Object.entries(options).map(([title, value]) => h('option', { value }, title));
  return labelled(label, h('select', { name }, ...each));
};

/** 20 of 64 characters by chance: 120 bits. */
const suggestPassword = (): string =>
  Array.from(
    crypto.getRandomValues(new Uint8Array(20)),
    (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'[byte & 63],
  ).join('');

/** A password that is set: it may be seen, and suggested. */
export const newPassword = (label: string, name: string): HTMLElement => {
  const input = h('input', {
    name,
    type: 'password',
    autocomplete: 'new-password',
    required: true,
  });
  const look = (isSeen: boolean) => {
    input.type = isSeen ? 'text' : 'password';
    show.setAttribute('aria-pressed', String(isSeen));
  };
  const show = h(
    'button',
    { type: 'button', 'aria-pressed': 'false', click: () => look(input.type === 'password') },
    'Show',
  );
  const suggest = h(
    'button',
    {
      type: 'button',
      click: () => {
        input.value = suggestPassword();
        look(true);
      },
    },
    'Suggest',
  );
  const hint = '8 characters or more. Whoever is to use it must get it from you.';
  return labelled(label, input, hint, show, suggest);
};

/** The text of a field, as it was typed. */
export const text = (data: FormData, name: string): string => String(data.get(name) ?? '');

interface Form {
  submit: string;
  label?: string;
  kind?: 'danger' | 'main' | undefined;
  role?: string;
  onSubmit: (data: FormData, form: HTMLFormElement) => Promise<void>;
}

/** A form that says itself what was refused, and keeps what was typed then. */
export const form = (
  { submit, label, kind = 'main', role, onSubmit }: Form,
  ...fields: Node[]
): HTMLFormElement => {
  const { place, attempt } = errorPlace();
  const element = h(
    'form',
    {
      'aria-label': label,
      role,
      submit: (event) => {
        event.preventDefault();
        attempt(() => onSubmit(new FormData(element), element));
      },
    },
    ...fields,
    h('div', { class: 'actions' }, h('button', { class: kind }, submit)),
    place,
  );
  return element;
};

/** A button that does something at once, with a place for its refusals after it. */
export const action = (
  label: string,
  task: () => Promise<void>,
  attributes: Record<string, string> = {},
): HTMLElement => {
  const { place, attempt } = errorPlace();
  const button = h('button', { type: 'button', ...attributes, click: () => attempt(task) }, label);
  return h('span', { class: 'action' }, button, place);
};
