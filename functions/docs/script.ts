import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { missing } from '../../lib/errors.ts';
import { openEndpoint } from '../../lib/http/endpoint.ts';

/** What the page asks for: `redoc-` and the hash of what is in it. Bundling puts the name in. */
declare const docsScript: string;

const script = readFileSync(join(__dirname, 'redoc.js'), 'utf8');

/** GET /docs/{file}: what draws the page. A browser keeps it for good, as another one has another name. */
export const handler = openEndpoint('docs.script', {
  path: v.object({ file: v.string() }),
  handle: async ({ path }) => {
    if (path.file !== docsScript) throw missing('There is no such file: load /docs again.');
    return {
      status: 200,
      text: script,
      headers: {
        'Content-Type': 'text/javascript; charset=utf-8',
        // The browser alone: a cache between would need to know who takes it compressed.
        'Cache-Control': 'private, max-age=31536000, immutable',
      },
    };
  },
});
