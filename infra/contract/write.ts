import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exit, stderr } from 'node:process';
import { parseArgs } from 'node:util';
import { createDocument } from './document.ts';

/** `npm run openapi` writes the committed copy, which GET /openapi.json serves; `--check` compares it. */
const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean' } },
  allowPositionals: true,
});
const [file = join(import.meta.dirname, '../../openapi.json')] = positionals;

const text = `${JSON.stringify(await createDocument(), undefined, 2)}\n`;
if (!values.check) writeFileSync(file, text);
else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  stderr.write('openapi.json is not what the code says: run "npm run openapi" and commit it.\n');
  exit(1);
}
