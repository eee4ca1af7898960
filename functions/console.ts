import { openEndpoint } from '../lib/http/endpoint.ts';

/** The page of `web/console`, which bundling puts in. */
declare const consoleHtml: string;
declare const consolePolicy: string;

/** GET /console: a page that is a client of the API, and nothing more. */
export const handler = openEndpoint('console', {
  handle: async () => ({
    status: 200,
    text: consoleHtml,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': consolePolicy,
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
    },
  }),
});
