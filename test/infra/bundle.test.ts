import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { bundle } from '../../infra/bundle.ts';
import { authorizer, bootstrap, type FunctionSpec, pages, routes } from '../../infra/routes.ts';
import { functionOf, synth } from './synth.ts';

const { template, folder, scratch } = synth();
const specs: FunctionSpec[] = [...routes, ...pages, authorizer, bootstrap];
const assetOf = (entry: string) =>
  functionOf(template, entry)[1].Metadata?.['aws:asset:path'] ?? '';
const assets = specs.map(({ entry }) => assetOf(entry));

/** Code alone is some 30 KB, bcrypt and the common passwords 50 more; the OpenAPI document is what it is. */
const mostKilobytes = ({ entry, hashes }: FunctionSpec): number =>
  entry === 'openapi' ? 250 : hashes ? 100 : 50;

const again = synth({}, { cwd: import.meta.dirname });

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

describe.each(specs)('$entry', (spec) => {
  const { entry, onTable } = spec;
  const file = join(folder, assetOf(entry), 'index.js');

  it('exports a handler and needs nothing that is not there', () => {
    const { handler } = createRequire(file)(file);
    expect(handler).toBeTypeOf('function');
  });

  it('is small, since a cold start reads all of it', () => {
    expect(statSync(file).size).toBeLessThanOrEqual(mostKilobytes(spec) * 1024);
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
    // What asks no table takes none.
    const expected = onTable.length > 0 ? ['AWS_SESSION_TOKEN'] : [];
    expect(sources.filter((source) => code.includes(source))).toEqual(expected);
  });
});

it('tells in the log where an error came from, by the sources', () => {
  const file = join(folder, assetOf('users/me'), 'index.js');
  // An event that has passed no authorizer.
  const event = { headers: {}, requestContext: { requestId: 'r', identity: {} } };
  const script = `require(${JSON.stringify(file)}).handler(${JSON.stringify(event)}, {})`;
  const env = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', AWS_REGION: 'us-east-1' };
  const log = execFileSync(execPath, ['-e', script], { env, encoding: 'utf8' });
  expect(JSON.parse(log).error.stack).toMatch(/^ +at lib\/http\/principal\.ts:\d+:\d+\n/);
});

it('says which source is missing', () => {
  expect(() => bundle(['users/nobody'])).toThrow('functions/users/nobody.ts');
});
