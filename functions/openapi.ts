import { openEndpoint } from '../lib/http/endpoint.ts';
import { urlOf } from '../lib/http/event.ts';
import document from '../openapi.json' with { type: 'json' };

/** GET /openapi.json: what the API takes and answers, by the host that the request came to. */
export const handler = openEndpoint('openapi', {
  handle: async ({ event }) => {
    const url = urlOf(event).replace(/\/openapi\.json\/?$/, '');
    return { status: 200, body: { ...document, servers: [{ ...document.servers[0], url }] } };
  },
});
