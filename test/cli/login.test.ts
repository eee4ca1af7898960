import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { describe, expect, inject, it } from 'vitest';
import { findConnection } from '../../infra/cli/connection.ts';
import { caller, freshName, password, sessions, users } from '../support/api.ts';
import { commandLine } from '../support/cli.ts';
import { startPretender } from '../support/pretender.ts';
import { temporaryFolder } from '../support/process.ts';

const { baseUrl, token } = inject('target');
const call = caller(baseUrl, token);
const nothing = { BAILIWICK_TOKEN: '' };

describe('login', () => {
  it('keeps a session for its person only, until logout ends it', async () => {
    const name = freshName('login');
    await call(`POST ${users}/${name}`, { body: { password } });
    const { run, home } = commandLine();
    const log = (how: string[], input: string) =>
      run(['login', name, '--password-stdin', ...how], { input, env: nothing });

    const wrong = await log([], 'not the password');
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    expect(wrong.stderr).toMatch(/^The username or the password is wrong/);

    const right = await log(['--expires-in', '30m'], `${password}\n`);
    expect(right).toMatchObject({ code: 0, stderr: '' });
    expect(right.stdout).toMatch(
      new RegExp(`^Logged in as ${name} at ${baseUrl} until \\S+\\.\n$`),
    );
    const file = join(home, 'config/bailiwick/login.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'config/bailiwick')).mode & 0o777).toBe(0o700);
    const kept = JSON.parse(readFileSync(file, 'utf8'));
    for (const { stdout, stderr } of [wrong, right]) {
      for (const secret of [password, kept.token]) expect(stdout + stderr).not.toContain(secret);
    }

    const me = await run(['whoami'], { env: { BAILIWICK_TOKEN: '', BAILIWICK_URL: '' } });
    expect(me).toMatchObject({ code: 0, stdout: `${name} at ${baseUrl}\nNo permissions.\n` });
    expect(me.stderr).toBe(`(The address is from ${file}.)\n`);

    // Logging in again ends the session before, which nobody could end any more.
    expect((await log([], password)).code).toBe(0);
    expect((await call(`GET ${users}/me`, { token: kept.token })).status).toBe(401);

    const again = JSON.parse(readFileSync(file, 'utf8')).token;
    const out = await run(['logout'], { env: nothing });
    expect(out).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(file)).toBe(false);
    expect((await call(`GET ${users}/me`, { token: again })).status).toBe(401);
    expect(await run(['logout'], { env: nothing })).toMatchObject({
      code: 1,
      stderr: 'Nobody is logged in here.\n',
    });
  });

  it('tells what the API answers as JSON, but the token', async () => {
    const name = freshName('json');
    await call(`POST ${users}/${name}`, { body: { password } });
    const { run } = commandLine();
    const args = ['login', name, '--password-stdin', '--json'];
    const { code, stdout } = await run(args, { input: password, env: nothing });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      username: name,
      expires_at: expect.stringMatching(/Z$/),
      url: baseUrl,
    });
    expect(await run(['logout', '--json'], { env: nothing })).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
  });

  it('asks once only to end a session before', async () => {
    const name = freshName('once');
    await call(`POST ${users}/${name}`, { body: { password } });
    let asked = 0;
    const { url, close } = await startPretender(() => {
      asked++;
      return [503, '{}'];
    });
    const { run, home } = commandLine();
    mkdirSync(join(home, 'config/bailiwick'), { recursive: true });
    const before = { url, username: name, token: 'bw_x', expires_at: '' };
    writeFileSync(join(home, 'config/bailiwick/login.json'), JSON.stringify(before));
    const args = ['login', name, '--password-stdin'];
    expect((await run(args, { input: password, env: nothing })).code).toBe(0);
    close();
    expect(asked).toBe(1);
  });

  it('logs out of a session that is over already', async () => {
    const name = freshName('over');
    await call(`POST ${users}/${name}`, { body: { password } });
    const { run, home } = commandLine();
    await run(['login', name, '--password-stdin'], { input: password, env: nothing });
    await call(`DELETE ${users}/${name}/sessions`);
    expect((await run(['logout'], { env: nothing })).code).toBe(0);
    expect(existsSync(join(home, 'config/bailiwick/login.json'))).toBe(false);
  });

  it('lets a person set the own password who knows the current one', async () => {
    const name = freshName('self');
    await call(`POST ${users}/${name}`, { body: { password } });
    const { run } = commandLine();
    await run(['login', name, '--password-stdin'], { input: password, env: nothing });
    const change = (current: string) =>
      run(['users', 'set-password', name, '--current', '--password-stdin'], {
        input: `${current}\nanother passphrase\n`,
        env: nothing,
      });
    const wrong = await change('not the password');
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('current_password is not');
    expect((await change(password)).code).toBe(0);
    const body = { username: name, password: 'another passphrase' };
    expect((await call(`POST ${sessions}`, { token: null, body })).status).toBe(201);
  });
});

/** Makes terminals for programs; most systems have it. */
const hasScript = spawnSync('script', ['--version']).status === 0;

it.skipIf(!hasScript)('asks for a password on a terminal without showing it', async () => {
  const name = freshName('asked');
  await call(`POST ${users}/${name}`, { body: { password } });
  const { env: own } = commandLine();
  const child = spawn(
    'script',
    ['-qec', `"${execPath}" infra/cli/main.ts login ${name}`, '/dev/null'],
    {
      env: { ...env, ...own },
    },
  );
  let shown = '';
  let isAsked = false;
  child.stdout.on('data', (chunk) => {
    shown += chunk;
    if (isAsked || !shown.includes(`Password of ${name} at ${baseUrl}: `)) return;
    isAsked = true;
    child.stdin.write(`${password}\r`);
  });
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
  expect(shown).toContain(`Logged in as ${name}`);
  expect(shown).not.toContain(password);
});

describe('where it is and who asks', () => {
  const folder = () => {
    const home = temporaryFolder();
    mkdirSync(join(home, 'config/bailiwick'), { recursive: true });
    mkdirSync(join(home, 'data'));
    return home;
  };
  const withLogin = (home: string) =>
    writeFileSync(
      join(home, 'config/bailiwick/login.json'),
      JSON.stringify({ url: 'https://login', token: 'of-login' }),
    );
  const withStack = (home: string) =>
    writeFileSync(
      join(home, 'data/admin.json'),
      JSON.stringify({ base_url: 'http://laptop', token: 'of-laptop' }),
    );
  const withFile = (home: string) => writeFileSync(join(home, 'token'), 'of-file\n');

  it.each([
    { given: {}, url: 'https://login', token: 'of-login' },
    { given: { BAILIWICK_URL: 'https://login/' }, url: 'https://login', token: 'of-login' },
    { given: { BAILIWICK_URL: 'http://laptop' }, url: 'http://laptop', token: 'of-laptop' },
    { given: { BAILIWICK_URL: 'https://else' }, url: 'https://else', token: undefined },
    {
      given: { BAILIWICK_URL: 'https://else', BAILIWICK_TOKEN: 'of-env' },
      url: 'https://else',
      token: 'of-env',
    },
    {
      given: { BAILIWICK_URL: 'https://env', BAILIWICK_TOKEN: 'of-env' },
      flags: { url: 'https://flag' },
      url: 'https://flag',
      token: 'of-env',
    },
    { given: {}, flags: { url: 'https://flag' }, url: 'https://flag', token: undefined },
    { given: {}, flags: { url: 'http://laptop' }, url: 'http://laptop', token: 'of-laptop' },
    {
      given: { BAILIWICK_URL: 'https://env', BAILIWICK_TOKEN: 'of-env' },
      flags: { tokenFile: 'token' },
      url: 'https://env',
      token: 'of-file',
    },
    { given: { BAILIWICK_URL: '', BAILIWICK_TOKEN: '' }, url: 'https://login', token: 'of-login' },
  ])('is, of $given and $flags, $token at $url', ({ given, flags, url, token }) => {
    const home = folder();
    withLogin(home);
    withStack(home);
    withFile(home);
    const env = { ...given, XDG_CONFIG_HOME: join(home, 'config'), DATA_DIR: join(home, 'data') };
    const file = flags && 'tokenFile' in flags ? { tokenFile: join(home, 'token') } : {};
    const found = findConnection({ ...flags, ...file }, env);
    expect({ url: found.url, token: found.token }).toEqual({ url, token });
  });

  it('is the stack of the laptop where nobody has logged in', () => {
    const home = folder();
    withStack(home);
    const env = { XDG_CONFIG_HOME: join(home, 'config'), DATA_DIR: join(home, 'data') };
    expect(findConnection({}, env)).toMatchObject({ url: 'http://laptop', token: 'of-laptop' });
  });

  it('must be said where nothing says it, and a token without an address goes nowhere', () => {
    const home = folder();
    const env = { XDG_CONFIG_HOME: join(home, 'config'), DATA_DIR: join(home, 'data') };
    expect(() => findConnection({}, env)).toThrow(/^Where is Bailiwick\?/);
    withLogin(home);
    const given = { ...env, BAILIWICK_TOKEN: 'of-env' };
    expect(() => findConnection({}, given)).toThrow(/^BAILIWICK_TOKEN is for some address/);
    expect(() => findConnection({ tokenFile: join(home, 'none') }, env)).toThrow(
      /^The token cannot be read/,
    );
  });
});
