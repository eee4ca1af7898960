import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Redoc in one script, as its makers bundle it. */
interface Redoc {
  script: string;
  /** Of a file with the script: another script has another name. */
  name: string;
  /** Of a `script` element (Subresource Integrity). */
  integrity: string;
}

/** What it fetches or writes that the policy of the page refuses, and does without. */
const refused: { what: string; pattern: RegExp; instead: string }[] = [
  {
    what: 'an image in the footer of the menu, from a host that would learn who reads the page',
    pattern: /"https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini\.svg"/g,
    instead: '"data:,"',
  },
  {
    what: 'the style of scroll bars of its own, which the page does not use',
    pattern: /(\[\w\.id,)"\.ps\{(?:[^"\\]|\\.)*","",\{version:3,.*?,sourceRoot:""\}\]/g,
    instead: '$1""]',
  },
];

const read = (): Redoc => {
  const file = require.resolve('redoc/bundles/redoc.standalone.js');
  let source = readFileSync(file, 'utf8');
  for (const { what, pattern, instead } of refused) {
    if (source.match(pattern)?.length !== 1) {
      throw new Error(
        `Redoc does not have this once: ${what}. See what this version does instead.`,
      );
    }
    source = source.replace(pattern, instead);
  }
  const notices = [join(dirname(file), '../LICENSE'), `${file}.LICENSE.txt`]
    .map((path) => readFileSync(path, 'utf8').trim())
    .join('\n\n');
  const script = [
    `/*!\n${notices.replaceAll('*/', '*')}\n*/`,
    source.replace(/^\/\*! For license .*\n/, '').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'),
  ].join('\n');
  const digest = createHash('sha384').update(script).digest();
  return {
    script,
    name: `redoc-${digest.toString('hex').slice(0, 16)}.js`,
    integrity: `sha384-${digest.toString('base64')}`,
  };
};

let redoc: Redoc | undefined;

/** Redoc, with the notices that its licences want beside it, and without what is refused it. Read once: it is large. */
export const readRedoc = (): Redoc => {
  redoc ??= read();
  return redoc;
};
