import { type ChildProcess, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import bcrypt from 'bcryptjs';
import { describe, expect, inject, it } from 'vitest';
import { caller, freshName, password, permissions, sessions, users } from '../support/api.ts';
import { commandLine } from '../support/cli.ts';
import { startPretender } from '../support/pretender.ts';
import { start, stop, temporaryFolder } from '../support/process.ts';
import { startProxiedStack } from '../support/stack.ts';
import type { Instead, TableRequest } from '../support/table-proxy.ts';

const { baseUrl, token } = inject('target');
const call = caller(baseUrl, token);

/** A hash of a salt and a password that nobody knows, another for each number. */
const hashOf = (n: number) =>
  `$2b$04$${String(n).padStart(21, 'x')}O${String(n).padStart(30, 'y')}K`;

const lineOf = (username: string, n: number, granted: object[] = []) =>
  JSON.stringify({ username, password_hash: hashOf(n), permissions: granted });

/** A file in the home of a command line. */
const withFile = (...lines: string[]) => {
  const { run, home, env } = commandLine();
  const file = join(home, 'users.ndjson');
  writeFileSync(file, lines.join('\n'));
  return { run, home, env, file };
};

const summaryOf = (stdout: string) => JSON.parse(stdout);
const none = { lines: 0, made: 0, there: 0, before: 0, wrong: 0, refused: 0 };

describe('import', () => {
  it('makes users of hashes and of passwords, who can log in', async () => {
    const [a, b] = [freshName('a'), freshName('b')];
    const granted = permissions(['table', 'x', 'read'], ['user', a, 'admin']);
    const created = await call(`POST ${users}/${freshName('c')}`, { body: { password } });
    const { run, file } = withFile(
      JSON.stringify({
        username: a,
        password_hash: created.body.password_hash,
        permissions: granted,
      }),
      '',
      JSON.stringify({ username: b, password: 'another passphrase' }),
    );
    const { code, stdout, stderr } = await run(['import', file]);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '2 lines: 2 users made, 0 there already, 0 wrong, 0 refused.\n',
      stderr: '',
    });
    for (const [username, secret] of [
      [a, password],
      [b, 'another passphrase'],
    ]) {
      const body = { username, password: secret };
      expect((await call(`POST ${sessions}`, { token: null, body })).status).toBe(201);
    }
    expect((await call(`GET ${users}/${a}/permissions`)).body).toEqual(
      expect.arrayContaining(granted),
    );
    expect(existsSync(`${file}.progress`)).toBe(false);
    // Everyone is known again, also by a password that is hashed there.
    expect(summaryOf((await run(['import', file, '--json'])).stdout)).toEqual({
      ...none,
      lines: 2,
      there: 2,
    });
  });

  it('tells every wrong line and keeps it to be mended, and sends nothing in a dry run', async () => {
    const [good, taken] = [freshName('good'), freshName('taken')];
    await call(`POST ${users}/${taken}`, { body: { password } });
    const wrong = [
      `{"username": "x", "password": "${password}`,
      JSON.stringify({ username: 'a b', password }),
      JSON.stringify({ username: freshName(), password: 'short' }),
      lineOf(taken, 1, permissions(['table', 'x', 'read'])),
    ];
    const { run, home, file } = withFile(wrong[0] ?? '', lineOf(good, 2), ...wrong.slice(1));
    const rejects = join(home, 'rejects');

    const dry = await run(['import', file, '--dry-run', '--json', '--rejects', rejects]);
    expect(dry.code).toBe(1);
    expect(summaryOf(dry.stdout)).toEqual({ ...none, lines: 5, wrong: 2 });
    expect(readFileSync(rejects, 'utf8')).toBe(`${wrong.slice(0, 2).join('\n')}\n`);
    expect((await call(`GET ${users}/${good}`)).status).toBe(404);

    const real = await run(['import', file, '--json', '--rejects', rejects]);
    expect(real.code).toBe(1);
    expect(summaryOf(real.stdout)).toEqual({ ...none, lines: 5, made: 1, wrong: 2, refused: 2 });
    const told = real.stderr.trim().split('\n').toSorted();
    expect(told).toEqual([
      `${file}:1: This is no JSON in UTF-8.`,
      `${file}:3: username must be 1 to 128 letters, digits or . _ @ + - and begin with a letter or digit.`,
      `${file}:4: password must have at least 8 characters.`,
      `${file}:5: There is already a user ${taken}: choose another name. It has another password hash, so it was left as it is.`,
    ]);
    expect(readFileSync(rejects, 'utf8').trim().split('\n').toSorted()).toEqual(wrong.toSorted());
    expect(statSync(rejects).mode & 0o777).toBe(0o600);
    expect((await call(`GET ${users}/${taken}/permissions`)).body).toEqual([]);
    for (const text of [dry.stderr, real.stderr]) expect(text).not.toContain(password);

    // What was refused is sent again, and the rest is not.
    const again = await run(['import', file, '--json', '--existing', 'complete']);
    expect(summaryOf(again.stdout)).toEqual({
      ...none,
      lines: 5,
      there: 1,
      before: 1,
      wrong: 2,
      refused: 1,
    });
    expect((await call(`GET ${users}/${taken}/permissions`)).body).toHaveLength(1);
  });

  it('gives more permissions than a new user can have, and completes what was begun', async () => {
    const name = freshName('many');
    const granted = Array.from({ length: 120 }, (_, n) => ({
      resource: `r${n}`,
      resource_type: 'table',
      type: 'read',
    }));
    const { run, file } = withFile(lineOf(name, 3, granted));
    const password_hash = Buffer.from(hashOf(3)).toString('base64');
    // As a run leaves it that was killed after its first request.
    const body = { password_hash, initial_policies: granted.slice(0, 50) };
    expect((await call(`POST ${users}/${name}`, { body })).status).toBe(201);
    expect(summaryOf((await run(['import', file, '--json'])).stdout)).toEqual({
      ...none,
      lines: 1,
      there: 1,
    });
    expect((await call(`GET ${users}/${name}/permissions`)).body).toHaveLength(120);
  });

  it('tells who has logged in since, and completes them when told to', async () => {
    const [name, other] = [freshName('since'), freshName('other')];
    // As another system made it: the first login makes another of it.
    const hash = bcrypt.hashSync(password, 4).replace('$2b', '$2a');
    const granted = permissions(['table', 'x', 'read'], ['table', 'y', 'read']);
    const { run, file } = withFile(
      JSON.stringify({ username: name, password_hash: hash, permissions: granted }),
      lineOf(other, 16),
    );
    const body = {
      password_hash: Buffer.from(hash).toString('base64'),
      initial_policies: granted.slice(0, 1),
    };
    expect((await call(`POST ${users}/${name}`, { body })).status).toBe(201);
    const known = { username: name, password };
    expect((await call(`POST ${sessions}`, { token: null, body: known })).status).toBe(201);
    const told = await run(['import', file, '--json']);
    expect(told.stderr).toContain(`${file}:1: There is already a user ${name}`);
    expect(summaryOf(told.stdout)).toEqual({ ...none, lines: 2, made: 1, refused: 1 });
    const completed = await run(['import', file, '--json', '--existing', 'complete']);
    expect(summaryOf(completed.stdout)).toEqual({ ...none, lines: 2, there: 1, before: 1 });
    expect((await call(`GET ${users}/${name}/permissions`)).body).toHaveLength(2);
  });

  it.each([
    { of: 'capitals', start: 'twice', fold: (name: string) => name.toUpperCase() },
    { of: 'sigmas', start: 'aσ', fold: (name: string) => name.replace('σ', 'ς') },
  ])('takes the first of two lines of one name by $of', async ({ start, fold }) => {
    const name = freshName(start);
    const { run, file } = withFile(lineOf(name, 4), lineOf(fold(name), 5));
    const { stdout, stderr } = await run(['import', file, '--json']);
    expect(summaryOf(stdout)).toEqual({ ...none, lines: 2, made: 1, refused: 1 });
    expect(stderr).toContain(`${file}:2: There is already a user`);
    const { body } = await call(`GET ${users}/${encodeURIComponent(name)}`);
    expect(Buffer.from(body.password_hash, 'base64').toString()).toBe(hashOf(4));
  });

  it('says that there is no such file, no such place, and that it may not', async () => {
    const { run, home, file } = withFile(lineOf(freshName(), 6));
    const refused = async (...args: string[]) => {
      const { code, stdout, stderr } = await run(['import', ...args]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      return stderr;
    };
    expect(await refused(join(home, 'none'))).toMatch(/^\S+ cannot be read: ENOENT/);
    expect(await refused(home)).toMatch(/is no file/);
    expect(await refused(file, '--rejects', join(home, 'no/where'))).toMatch(/cannot be written/);
    expect(await refused(file, '--rejects', home)).toMatch(/is no file/);
    const bad = { BAILIWICK_TOKEN: 'bw_x' };
    expect((await run(['import', file], { env: bad })).stderr).toMatch(/token/);
    expect(existsSync(`${file}.progress`)).toBe(false);
  });

  it('touches nothing but what it is told to, also where that ends with .new', async () => {
    const { run, home } = commandLine();
    const file = join(home, 'wrong.new');
    writeFileSync(file, '{}');
    const { code } = await run(['import', file, '--rejects', join(home, 'wrong')]);
    expect(code).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe('{}');
    expect(readdirSync(home).toSorted()).toEqual(['wrong', 'wrong.new']);
  });

  it('takes a token from a pipe, which can be read once only', async () => {
    const { env: own, file } = withFile(lineOf(freshName(), 15));
    const piped = `printf %s "$TOKEN" | "$0" infra/cli/main.ts import "$1" --token-file /dev/stdin`;
    const { status, stderr } = spawnSync('sh', ['-c', piped, execPath, file], {
      env: { ...env, ...own, BAILIWICK_TOKEN: '', TOKEN: token },
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('tells what is wrong without control characters', async () => {
    const { run, file } = withFile('{"username": "x", "\\u001b[2J\\u009b": 1}');
    const { stderr } = await run(['import', file, '--dry-run']);
    expect(stderr).toContain('[2J');
    expect(stderr.trimEnd()).not.toMatch(/\p{Cc}/u);
  });

  it('ends with 1 also when nobody reads how it went', async () => {
    const { run, file } = withFile('{}');
    const started = (child: ChildProcess) => child.stdout?.destroy();
    for (const how of [[], ['--dry-run']]) {
      expect((await run(['import', file, ...how], { started })).code).toBe(1);
    }
  });

  it('goes on when nobody reads what is told on the way', async () => {
    const names = [freshName('a'), freshName('b')];
    const { run, file } = withFile('{}', '{}', ...names.map((name, n) => lineOf(name, n)), '{}');
    const { code, stdout } = await run(['import', file, '--json'], {
      started: (child) => child.stderr?.destroy(),
    });
    expect(code).toBe(1);
    expect(summaryOf(stdout)).toEqual({ ...none, lines: 5, made: 2, wrong: 3 });
  });

  it('does not go on where all that it made is gone', async () => {
    const [a, b] = [freshName('a'), freshName('b')];
    const { run, file } = withFile(
      lineOf(a, 7),
      JSON.stringify({ username: b, password: 'short' }),
    );
    expect((await run(['import', file])).code).toBe(1);
    expect(statSync(`${file}.progress`).mode & 0o777).toBe(0o600);
    expect(readFileSync(`${file}.progress`, 'utf8')).not.toContain(hashOf(7));
    await call(`DELETE ${users}/${a}`);
    const { code, stderr } = await run(['import', file]);
    expect(code).toBe(1);
    expect(stderr).toContain(`there is no user ${a}: delete ${file}.progress to begin anew.`);
  });

  it('stops when its token ends, and goes on with another', async () => {
    const owner = freshName('importer');
    const body = { password, initial_policies: permissions(['*', '*', 'admin']) };
    await call(`POST ${users}/${owner}`, { body });
    const key = (await call(`POST ${users}/${owner}/api-keys`, { body: { name: 'x' } })).body;
    const prefix = freshName('n');
    const count = 200;
    const { run, file } = withFile(
      ...Array.from({ length: count }, (_, n) => lineOf(`${prefix}-${n}`, n)),
    );
    const cut = await run(['import', file, '--json', '--concurrency', '2'], {
      env: { BAILIWICK_TOKEN: key.encoded },
      started: async () => {
        while ((await call(`GET ${users}/${prefix}-0`)).status !== 200) await sleep(5);
        await call(`DELETE ${users}/${owner}/api-keys/${key.key_id}`);
      },
    });
    expect(cut.code).toBe(1);
    expect(cut.stderr).toMatch(
      /^It stopped before the end: This token is .* Run it again to go on\.$/m,
    );
    const { made } = summaryOf(cut.stdout);
    expect(made).toBeLessThan(count);
    const rest = await run(['import', file, '--json']);
    expect(rest.code).toBe(0);
    expect(summaryOf(rest.stdout)).toMatchObject({ lines: count, made: count - made, refused: 0 });
  });

  it('begins anew when the file has changed', async () => {
    const [a, b] = [freshName('a'), freshName('b')];
    const { run, file } = withFile(
      lineOf(a, 8),
      JSON.stringify({ username: b, password: 'short' }),
    );
    await run(['import', file]);
    writeFileSync(file, [lineOf(freshName('new'), 10), lineOf(a, 8), lineOf(b, 9)].join('\n'));
    const { code, stdout, stderr } = await run(['import', file, '--json']);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `${file} has changed: it is read from its beginning.\n`,
    });
    expect(summaryOf(stdout)).toEqual({ ...none, lines: 3, made: 2, there: 1 });
  });

  it('begins anew when the file has become shorter', async () => {
    const [a, b, c] = [freshName('a'), freshName('b'), freshName('c')];
    const { run, file } = withFile(
      lineOf(a, 8),
      lineOf(b, 9),
      JSON.stringify({ username: c, password: 'short' }),
    );
    await run(['import', file]);
    writeFileSync(file, [lineOf(a, 8), lineOf(c, 10)].join('\n'));
    const { code, stdout, stderr } = await run(['import', file, '--json']);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `${file} has changed: it is read from its beginning.\n`,
    });
    expect(summaryOf(stdout)).toEqual({ ...none, lines: 2, made: 1, there: 1 });
  });

  it('sends a refused line until it is taken, also where a run was killed before its first mark', async () => {
    const [a, taken] = [freshName('a'), freshName('taken')];
    await call(`POST ${users}/${taken}`, { body: { password } });
    const { run, file } = withFile(lineOf(a, 13), lineOf(taken, 14));
    const left = [{ url: baseUrl }, { refused: 2 }].map((entry) => `${JSON.stringify(entry)}\n`);
    writeFileSync(`${file}.progress`, left.join(''));
    const second = await run(['import', file, '--json']);
    expect(summaryOf(second.stdout)).toEqual({ ...none, lines: 2, made: 1, refused: 1 });
    await call(`DELETE ${users}/${taken}`);
    const third = await run(['import', file, '--json']);
    expect(summaryOf(third.stdout)).toEqual({ ...none, lines: 2, made: 1, before: 1 });
    expect(existsSync(`${file}.progress`)).toBe(false);
  });
});

describe('export', () => {
  it('writes users by name with hashes and permissions, to a file of one reader', async () => {
    const prefix = freshName('out');
    const granted = permissions(
      ['table', 'b', 'read'],
      ['table', 'a', 'write'],
      ['table', 'a', 'read'],
    );
    const lines = [lineOf(`${prefix}a`, 11, granted), lineOf(`${prefix}b`, 12)];
    const { run, home, file } = withFile(...lines);
    await run(['import', file]);
    const out = join(home, 'out.ndjson');
    const { code, stdout, stderr } = await run([
      'export',
      out,
      '--prefix',
      prefix,
      '--concurrency',
      '1',
    ]);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `Users exported to ${out}: 2.\n`,
      stderr: '',
    });
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(readdirSync(home).toSorted()).toEqual(['out.ndjson', 'users.ndjson']);
    const expected = [
      {
        username: `${prefix}a`,
        password_hash: hashOf(11),
        permissions: [granted[2], granted[1], granted[0]],
      },
      { username: `${prefix}b`, password_hash: hashOf(12), permissions: [] },
    ];
    const text = expected.map((line) => `${JSON.stringify(line)}\n`).join('');
    expect(readFileSync(out, 'utf8')).toBe(text);
    expect((await run(['export', '--prefix', prefix])).stdout).toBe(text);
  });

  it('leaves no file when it fails', async () => {
    const { run, home } = commandLine();
    const out = join(home, 'out.ndjson');
    const { code } = await run(['export', out], {
      env: { BAILIWICK_TOKEN: `${token.slice(0, -1)}!` },
    });
    expect(code).toBe(1);
    expect(readdirSync(home)).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('leaves no file at %s', async (signal) => {
    let interrupt = () => {};
    // It never answers, so that there is something to interrupt.
    const { url, close } = await startPretender(() => void interrupt());
    const { run, home } = commandLine();
    let files: string[] = [];
    const { code } = await run(['export', join(home, 'out.ndjson')], {
      env: { BAILIWICK_URL: url },
      started: (child) => {
        interrupt = () => {
          files = readdirSync(home);
          child.kill(signal);
        };
      },
    });
    close();
    expect(code).toBe(128 + constants.signals[signal]);
    expect(files).toEqual([expect.stringMatching(/^out\.ndjson\..+\.new$/)]);
    expect(readdirSync(home)).toEqual([]);
  });
});

/** What a table does to the writes of some users: loses its answers, or fails, three times. */
const faultsFor = (prefix: string) => {
  const met = new Map<string, number>();
  const answer = ({ operation, body }: TableRequest): Instead => {
    if (operation !== 'TransactWriteItems') return undefined;
    const name = new RegExp(`USER#(${prefix}\\d+)`).exec(JSON.stringify(body))?.[1];
    if (!name || !/[37]$/.test(name)) return undefined;
    const times = met.get(name) ?? 0;
    met.set(name, times + 1);
    if (times >= 3) return undefined;
    return name.endsWith('7')
      ? 'cut after'
      : { status: 500, body: { __type: 'InternalServerError' } };
  };
  /** How many users have met them all. */
  const done = () => [...met.values()].filter((times) => times >= 3).length;
  return { answer, done };
};

it('an import loses nobody, whatever fails and whenever it is killed; what is exported comes to the same elsewhere', async () => {
  const prefix = `${freshName('all')}n`;
  const nameOf = (n: number) => `${prefix}${String(n).padStart(3, '0')}`;
  const count = 300;
  const wrong = new Set([10, 150, 299]);
  const granted = (n: number) =>
    Array.from({ length: n === 42 ? 70 : n % 3 }, (_, of) => ({
      resource: `r${String(of).padStart(2, '0')}`,
      resource_type: 'table',
      type: 'read',
    }));
  const lines = Array.from({ length: count }, (_, n) =>
    wrong.has(n) ? `{"username": "${nameOf(n)}"}` : lineOf(nameOf(n), n, granted(n)),
  );
  const { run, home, file } = withFile(...lines);

  const faults = faultsFor(prefix);
  const { stack, proxy } = await startProxiedStack(faults.answer);
  const settings = { env: { BAILIWICK_URL: stack.baseUrl } };
  const rejects = join(home, 'rejects');
  let kills = 0;
  for (let n = 0; n < 4; n++) {
    const { code } = await run(['import', file], {
      ...settings,
      // At any moment, but not before the first request: from then on it is a matter of luck.
      started: async (child) => {
        proxy.take();
        while (proxy.take().length === 0 && child.exitCode === null) await sleep(5);
        await sleep(Math.random() * 700);
        child.kill('SIGKILL');
      },
    });
    if (code === null) kills++;
  }
  expect(kills).toBeGreaterThan(0);
  const { code, stdout, stderr } = await run(
    ['import', file, '--json', '--rejects', rejects],
    settings,
  );
  expect(code).toBe(1);
  const { made, there, before, ...rest } = summaryOf(stdout);
  expect(rest).toEqual({ lines: count, wrong: wrong.size, refused: 0 });
  expect(made + there + before).toBe(count - wrong.size);
  expect(readFileSync(rejects, 'utf8')).toBe([...wrong].map((n) => `${lines[n]}\n`).join(''));
  for (const n of wrong) expect(stderr).toContain(`${file}:${n + 1}: `);

  // Who was made at a kill is found to be there, and not written again.
  expect(faults.done()).toBeGreaterThan(40);

  const out = join(home, 'out.ndjson');
  await run(['export', out, '--prefix', prefix], settings);
  const right = lines.filter((_, n) => !wrong.has(n)).map((line) => `${line}\n`);
  expect(readFileSync(out, 'utf8')).toBe(right.join(''));

  const folder = temporaryFolder();
  const second = await start(folder, { IN_MEMORY: '1' });
  const admin = JSON.parse(readFileSync(join(folder, 'admin.json'), 'utf8'));
  const elsewhere = { env: { BAILIWICK_URL: second.baseUrl, BAILIWICK_TOKEN: admin.token } };
  expect((await run(['import', out], elsewhere)).code).toBe(0);
  const back = await run(['export', '--prefix', prefix], elsewhere);
  expect(back.stdout).toBe(right.join(''));
  await stop(second, 'SIGTERM');
}, 240_000);
