import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { exit, stderr } from 'node:process';
import { parseArgs } from 'node:util';
import document from '../../openapi.json' with { type: 'json' };

/**
 * `npm run openapi` also writes what the client knows of the API as types; `--check` compares it. The generator
 * asks for TypeScript, and gets the one that it can use.
 */
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === 'typescript' ? import.meta.resolve('./typescript.ts') : specifier, context),
});
const { default: openapiTS, astToString } = await import('openapi-typescript');

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean' } },
  allowPositionals: true,
});
const [file = join(import.meta.dirname, '../../lib/client/openapi.ts')] = positionals;

const about =
  '/* Made of openapi.json by openapi-typescript: "npm run openapi" makes it anew. */\n\n';
// The generator takes the document as JSON Schema has it, looser than what an import is read as.
const tree = await openapiTS(document as never, { alphabetize: false, silent: true });
const text = about + astToString(tree);
if (!values.check) writeFileSync(file, text);
else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  stderr.write(
    'lib/client/openapi.ts is not what openapi.json says: run "npm run openapi" and commit it.\n',
  );
  exit(1);
}
