// `npm run release -- minor` (or major, patch, or a version): tests, names what CHANGELOG has as unreleased by its
// version and day, commits and tags. Nothing leaves this machine: the last line says how to push it.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, exit, platform, stderr, stdout } from 'node:process';

const root = join(import.meta.dirname, '..');
const changelog = join(root, 'CHANGELOG.md');

/** Gives what is unreleased a version and a day, below an empty chapter. Throws when there is nothing. */
export const nameRelease = (text: string, version: string, day: string): string => {
  const [, before, unreleased, older] =
    /^([\s\S]*?## Unreleased\n)([\s\S]*?)(?=\n## |$)([\s\S]*)$/.exec(text) ?? [];
  if (!unreleased?.trim())
    throw new Error('CHANGELOG.md has nothing under "## Unreleased": say there what changed.');
  return `${before}\n## ${version} - ${day}\n${unreleased}${older}`;
};

const run = (command: string, ...args: string[]): void => {
  execFileSync(command, args, { cwd: root, stdio: 'inherit', shell: platform === 'win32' });
};
const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

const release = (kind: string): void => {
  if (git('status', '--porcelain'))
    throw new Error('There are changes that are not committed: commit or stash them.');
  // Before anything is written.
  nameRelease(readFileSync(changelog, 'utf8'), '', '');
  run('npm', 'test');
  run('npm', 'run', 'check');
  run('npm', 'version', kind, '--no-git-tag-version');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync(changelog, nameRelease(readFileSync(changelog, 'utf8'), version, day));
  run('npm', 'run', 'openapi');
  git('commit', '--all', '--message', `Release ${version}`);
  git('tag', '--annotate', `v${version}`, '--message', `Bailiwick ${version}`);
  stdout.write(`Released ${version}. Push it: git push --follow-tags\n`);
};

if (import.meta.main) {
  try {
    const [kind] = argv.slice(2);
    if (!kind) throw new Error('Say which: npm run release -- major, minor, patch or a version.');
    release(kind);
  } catch (error) {
    stderr.write(`${(error as Error).message}\n`);
    exit(1);
  }
}
