import type { Template } from '../../infra/local/template.ts';

/** A template of nothing but these resources. */
export const template = (resources: Template['resources']): Template => ({
  folder: '',
  resources,
  outputs: {},
});
