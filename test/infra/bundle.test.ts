import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { bundle } from '../../infra/bundle.ts';
import { resourcesOf, synth } from './synth.ts';

const { template, folder, scratch } = synth();
const assets = resourcesOf(template, 'AWS::Lambda::Function').map(
  ([, { Metadata }]) => Metadata?.['aws:asset:path'] ?? '',
);

const again = synth({}, import.meta.dirname);

it('is the same wherever and whenever it is made, so that nothing is deployed for nothing', () => {
  const names = (path: string) => readdirSync(path).filter((name) => name.startsWith('asset.'));
  expect(names(again.folder)).toEqual(names(folder));
  expect(again.template.toJSON()).toEqual(template.toJSON());
});

it('gives each function code of its own', () => {
  expect(new Set(assets).size).toBe(assets.length);
});

it('leaves nothing in the temporary folder', () => {
  expect(readdirSync(scratch)).toEqual([]);
});

describe.each(assets)('%s', (asset) => {
  const file = join(folder, asset, 'index.js');

  it('exports a handler and needs nothing beside it', () => {
    const { handler } = createRequire(file)(file);
    expect(handler).toBeTypeOf('function');
  });

  it('is CommonJS, which starts sooner', () => {
    // A script may not import or export.
    expect(() => new Script(readFileSync(file, 'utf8'))).not.toThrow();
  });

  it('takes credentials from the environment and nowhere else', () => {
    const code = readFileSync(file, 'utf8');
    const sources = [
      'AWS_SESSION_TOKEN',
      'AWS_CONTAINER_CREDENTIALS',
      'AWS_WEB_IDENTITY_TOKEN_FILE',
    ];
    expect(sources.filter((source) => code.includes(source))).toEqual(['AWS_SESSION_TOKEN']);
  });
});

it('says which source is missing', () => {
  expect(() => bundle(['users/nobody'])).toThrow('functions/users/nobody.ts');
});
