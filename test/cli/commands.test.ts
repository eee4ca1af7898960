import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { caller, freshName, password, permissions, users } from '../support/api.ts';
import { commandLine } from '../support/cli.ts';
import { startPretender } from '../support/pretender.ts';

const { baseUrl, token } = inject('target');
const john = freshName('john');
const last = (text: string) => JSON.parse(text.trim().split('\n').at(-1) ?? '');

/** Of the admin: what it prints, or the exit code and what it says was wrong. */
const done = async (args: readonly string[], input?: string): Promise<string> => {
  const { code, stdout, stderr } = await commandLine().run(
    args,
    input === undefined ? {} : { input },
  );
  expect({ code, stderr: stderr.replace(/^The token of key .*\n/, '') }).toEqual({
    code: 0,
    stderr: '',
  });
  return stdout;
};

beforeAll(async () => {
  const grants = permissions(['table', 'orders:2026', 'read'], ['table', 'x', 'admin']);
  const body = { password, initial_policies: grants };
  const { status } = await caller(baseUrl, token)(`POST ${users}/${john}`, { body });
  expect(status).toBe(201);
});

describe('users', () => {
  it('are listed, one a line, and as JSON', async () => {
    expect(await done(['users', 'list', '--prefix', john])).toBe(`${john}\n`);
    expect(last(await done(['users', 'list', '--prefix', john, '--json']))).toEqual({
      username: john,
    });
  });

  it('are shown', async () => {
    expect(await done(['users', 'get', john])).toMatch(
      /^username {7}john.*\npassword_hash {2}\S+\n$/,
    );
    expect(last(await done(['--json', 'users', 'get', john]))).toMatchObject({ username: john });
  });

  it('get another password', async () => {
    const args = ['users', 'set-password', john, '--password-stdin'];
    expect(await done(args, 'another passphrase')).toContain('is set');
    const own = [...args, '--current'];
    // The current one is asked of whoever is no admin, and not compared for one.
    expect(await done(own, 'not it at all\nyet another one')).toContain('is set');
    expect(last(await done([...args, '--json'], password))).toEqual({
      message: 'Operation completed successfully',
    });
  });

  it('are made with what they may do, and deleted', async () => {
    const name = freshName('made');
    const grants = ['--grant', 'read:table:orders:2026', '--grant', 'admin:table:x'];
    const made = await done(['users', 'create', name, '--password-stdin', ...grants], password);
    expect(made).toBe(`Created ${name}.\n`);
    expect(await done(['grants', 'list', name])).toBe(await done(['grants', 'list', john]));
    expect(await done(['users', 'delete', name, '--yes'])).toBe(`Deleted ${name}.\n`);
  });
});

it('grants are listed, given and taken', async () => {
  expect(await done(['grants', 'list', john])).toBe('read   table  orders:2026\nadmin  table  x\n');
  expect(await done(['grants', 'add', john, 'write', 'table', 'inv'])).toContain(
    'may write table inv',
  );
  expect(await done(['grants', 'remove', john, 'write', 'table', 'inv', '-y'])).toContain(
    'Took write',
  );
  expect(await done(['grants', 'add', john, 'write', 'table', 'inv', '--json'])).toContain(
    'message',
  );
  expect(await done(['grants', 'remove', john, 'all', 'table', 'inv', '-y', '--json'])).toBe('');
  const left = (await done(['grants', 'list', john, '--json'])).trim().split('\n');
  expect(left.map((line) => JSON.parse(line).resource)).toEqual(['orders:2026', 'x']);
});

it('keys are made, work, are listed and deleted', async () => {
  const { run, home } = commandLine();
  const args = [
    'keys',
    'create',
    john,
    'nightly',
    '--expires-in',
    '1h',
    '--permission',
    'read:table:x',
  ];
  const made = await run(args);
  expect(made.stderr).toMatch(/^The token of key K\w{19}, shown this once:\n$/);
  expect(made.stdout).toMatch(/^bw_\S+\n$/);
  const file = join(home, 'token');
  writeFileSync(file, made.stdout);
  const me = await run(['whoami', '--json', '--token-file', file]);
  expect(last(me.stdout)).toMatchObject({ username: john, token_from: '--token-file' });
  const key = last(await done(['keys', 'list', john, '--json']));
  expect(await done(['keys', 'list', john])).toMatch(
    /^K\w{19} {2}nightly {2}until \S+ {2}\S+.* {2}read:table:x\n$/,
  );
  expect(last(await done(['keys', 'create', john, 'other', '--json']))).toHaveProperty('encoded');
  expect(await done(['keys', 'delete', john, key.key_id, '-y'])).toContain(key.key_id);
  expect((await run(['whoami', '--token-file', file])).code).toBe(1);
});

it('sessions are ended', async () => {
  expect(await done(['sessions', 'end', john, '--yes'])).toContain('are over');
});

it('histories are listed, so far as is asked', async () => {
  const lines = (await done(['audit', 'list', john, '--limit', '2'])).trim().split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^\S+Z {2}[a-z.-]+ +done {5}admin → john/);
  const all = (await done(['audit', 'list', john, '--json'])).trim().split('\n');
  expect(JSON.parse(all.at(-1) ?? '')).toMatchObject({ operation: 'users.create', username: john });
});

describe('check', () => {
  const check = (...args: string[]) => commandLine().run(['check', john, ...args]);

  it('says yes with 0, no with 1, and why', async () => {
    expect(await check('read', 'table', 'x')).toEqual({
      code: 0,
      stdout: `yes: ${john} is granted admin on table "x".\n`,
      stderr: '',
    });
    const no = await check('read', 'table', 'y');
    expect(no).toMatchObject({ code: 1, stderr: '' });
    expect(no.stdout).toMatch(/^no: /);
    const json = await check('read', 'table', 'y', '--json');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout).decision).toBe(false);
  });

  it('says neither when it does not know, with 3', async () => {
    const { run } = commandLine();
    const unknown = await run(['check', john, 'read', 'table', 'x'], {
      env: { BAILIWICK_TOKEN: token.replace(/.$/, '!') },
    });
    expect(unknown).toMatchObject({ code: 3, stdout: '' });
    expect(await check('read', 'table', 'x', '--url', 'http://127.0.0.1:1')).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringMatching(/^http:\/\/127.0.0.1:1 did not answer \(/),
    });
  });
});

describe('what pretends to be Bailiwick', () => {
  it.each([
    { body: '' },
    { body: '{}' },
    { body: 'null' },
    { body: '{"decision": "false"}' },
    { body: '{"decision": 0}' },
    { body: '[false]' },
  ])('and answers a check with "$body" says neither yes nor no', async ({ body }) => {
    const { url, close } = await startPretender(() => [200, body]);
    const env = { BAILIWICK_URL: url };
    const ended = await commandLine().run(['check', john, 'read', 'table', 'x'], { env });
    close();
    expect(ended).toEqual({
      code: 3,
      stdout: '',
      stderr: `${url} did not answer as Bailiwick does: is that where it is?\n`,
    });
  });

  it('and gives a decision without a reason is taken at its word', async () => {
    const { url, close } = await startPretender(() => [200, '{"decision": false}']);
    const env = { BAILIWICK_URL: url };
    const ended = await commandLine().run(['check', john, 'read', 'table', 'x'], { env });
    close();
    expect(ended).toEqual({ code: 1, stdout: 'no.\n', stderr: '' });
  });
});

describe('what is wrong', () => {
  it('at the API is told in its own sentence, with the request, and 1', async () => {
    const ended = await commandLine().run(['users', 'get', 'nobody-of-that-name']);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(/^There is no user nobody-of-that-name\. \(Request \S+\.\)\n$/);
  });

  it.each([
    { args: ['users', 'delete', john], says: 'say --yes' },
    { args: ['users', 'create', 'x'], says: '--password-stdin' },
    { args: ['users', 'create', 'x', '--password-stdin'], says: 'no password' },
    { args: ['users', 'set-password', john, '--password-stdin', '--current'], says: 'no password' },
    { args: ['users', 'create', 'x', '--grant', 'table:x'], says: 'type:resource_type:resource' },
    { args: ['users', 'get'], says: "missing required argument 'username'" },
    { args: ['users'], says: 'Usage: bailiwick users' },
    { args: ['user', 'list'], says: "unknown command 'user'" },
    {
      args: ['grants', 'add', john, 'reed', 'table', 'x'],
      says: 'Allowed choices are read, write, admin',
    },
    { args: ['grants', 'remove', john, 'all', 'table', 'x'], says: 'say --yes' },
    { args: ['keys', 'delete', john, 'K'], says: 'say --yes' },
    { args: ['sessions', 'end', john], says: 'say --yes' },
    { args: ['audit', 'list', john, '--limit', '0'], says: 'whole number from 1' },
    { args: ['check', john, 'read'], says: 'missing required argument' },
    { args: ['login', 'x'], says: '--password-stdin' },
    { args: ['whoami', '--url', 'localhost:3000'], says: 'no address' },
    { args: ['import', 'x', '--existing', 'delete'], says: 'Allowed choices' },
    { args: ['import', 'x', '--rejects', './x'], says: 'name another' },
  ])('with $args is told with 2: $says', async ({ args, says }) => {
    const { code, stdout, stderr } = await commandLine().run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
  });

  it.each([
    { option: '--password', given: '--password=s3cr3t' },
    { option: '--password', given: "--password=it's s3cr3t" },
    { option: '--password', given: "--password=it's\n's3cr3t" },
    { option: '--password-stdin', given: "--password-stdin='s3cr3t'" },
    { option: '-p', given: "-pit's s3cr3t" },
    { option: '-p', given: '-p=s3cr3t' },
  ])('never shows what may be a secret: $given', async ({ option, given }) => {
    const { stderr } = await commandLine().run(['login', 'x', given]);
    expect(stderr).toContain(`unknown option '${option}'`);
    expect(stderr).not.toContain('s3cr3t');
  });
});

it.each([
  '',
  'login',
  'logout',
  'whoami',
  'users create',
  'grants add',
  'keys create',
  'sessions end',
  'check',
  'audit list',
  'export',
  'import',
])('bailiwick %s tells how it is written', async (command) => {
  const text = await done([...command.split(' ').filter(Boolean), '--help']);
  expect(text).toContain(`Usage: bailiwick ${command}`);
  expect(text).toContain('--token-file');
});

describe('when nobody reads on', () => {
  it.each([
    { args: ['audit', 'list', john, '--json'], ends: 0 },
    { args: ['check', john, 'read', 'table', 'x'], ends: 0 },
    { args: ['check', john, 'read', 'table', 'y'], ends: 1 },
  ])('$args ends quietly with $ends', async ({ args, ends }) => {
    const { code, stderr } = await commandLine().run(args, {
      started: (child) => child.stdout?.destroy(),
    });
    expect({ code, stderr }).toEqual({ code: ends, stderr: '' });
  });
});

it('ends with 130 at Ctrl-C', async () => {
  let interrupt = () => {};
  // It never answers, so that there is something to interrupt.
  const { url, close } = await startPretender(() => void interrupt());
  const { code, stdout } = await commandLine().run(['users', 'list'], {
    env: { BAILIWICK_URL: url },
    started: (child) => {
      interrupt = () => child.kill('SIGINT');
    },
  });
  close();
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
});

it('prints a table of any length', async () => {
  const permission = { resource: 'x', resource_type: 'table', type: 'read' };
  const self = { username: 'x', permissions: Array(200_000).fill(permission) };
  const { url, close } = await startPretender(() => [200, JSON.stringify(self)]);
  const { code, stdout } = await commandLine().run(['whoami'], { env: { BAILIWICK_URL: url } });
  close();
  expect(code).toBe(0);
  expect(stdout.split('\n')).toHaveLength(200_002);
});

describe('control characters in an answer', () => {
  const odd = 'a\u001b[2J\u009b31m\u007f\r\nb';
  const event = { time: odd, operation: odd, outcome: odd, actor: odd, username: odd, reason: odd };

  it.each([
    { args: ['users', 'list'], answer: [{ username: odd }], lines: 1 },
    { args: ['users', 'get', 'x'], answer: { username: odd }, lines: 1 },
    { args: ['audit', 'list', 'x'], answer: [event], lines: 1 },
    { args: ['keys', 'create', 'x', 'y'], answer: { key_id: odd, encoded: odd }, lines: 1 },
    { args: ['whoami'], answer: { username: odd, permissions: [] }, lines: 2 },
    {
      args: ['check', 'x', 'read', 'table', 'y'],
      answer: { decision: true, context: { reason: odd } },
      lines: 1,
    },
  ])('reach no terminal: $args', async ({ args, answer, lines }) => {
    const { url, close } = await startPretender(() => [200, JSON.stringify(answer)]);
    const { run } = commandLine();
    const env = { BAILIWICK_URL: url };
    const text = await run(args, { env });
    const json = await run([...args, '--json'], { env });
    close();
    expect(text.code).toBe(0);
    expect(text.stdout).toContain('[2J');
    expect(text.stdout.trimEnd().split('\n')).toHaveLength(lines);
    for (const shown of [text.stdout, text.stderr, json.stdout]) {
      expect(shown.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    }
    expect(json.stdout.trim().split('\n')).toHaveLength(1);
    expect(JSON.stringify(JSON.parse(json.stdout))).toContain(JSON.stringify(odd).slice(1, -1));
  });

  it('reach none in an error', async () => {
    const { url, close } = await startPretender(() => [404, JSON.stringify({ error: odd })]);
    const env = { BAILIWICK_URL: url };
    const { code, stderr } = await commandLine().run(['users', 'get', 'x'], { env });
    close();
    expect(code).toBe(1);
    expect(stderr).toContain('[2J');
    expect(stderr.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});
