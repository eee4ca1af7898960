/** TypeScript's own API, which TypeScript 7 has none of yet: that of an older one, without its `tsc`. */
export { ts as default } from '@ts-morph/common';
