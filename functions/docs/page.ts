import { openEndpoint } from '../../lib/http/endpoint.ts';

/** The page of `web/docs`, which bundling puts in. */
declare const docsHtml: string;
declare const docsPolicy: string;

/** GET /docs: openapi.json, to be read by people. */
export const handler = openEndpoint('docs.page', {
  handle: async () => ({
    status: 200,
    text: docsHtml,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': docsPolicy,
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
    },
  }),
});
