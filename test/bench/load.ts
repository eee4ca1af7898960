// Mixed traffic for a time, at what the machine holds: whether memory stays flat, and nothing fails but what is
// meant to. MINUTES=20 by default, CONNECTIONS=8. Prints one line a minute, and the whole as JSON.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath, stderr, stdout } from 'node:process';
import { machine, quantile } from './stack.ts';

const minutes = Number(env.MINUTES ?? 20);
const connections = Number(env.CONNECTIONS ?? 8);

const folder = mkdtempSync(join(tmpdir(), 'bailiwick-load-'));
const stack = spawn(execPath, ['infra/local/start.ts'], {
  env: { ...env, PORT: '0', DATA_DIR: folder, IN_MEMORY: '1', BCRYPT_COST: '4' },
  stdio: ['ignore', 'pipe', 'ignore'],
});
await new Promise<void>((resolve, reject) => {
  stack.stdout.on('data', (chunk) => String(chunk).includes('answers on') && resolve());
  stack.once('exit', () => reject(new Error('The local stack did not start.')));
});
const { base_url, token: adminToken } = JSON.parse(
  readFileSync(join(folder, 'admin.json'), 'utf8'),
);

/** Megabytes that the stack without its DynamoDB holds. */
const residentMb = (): number =>
  Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(stack.pid)])) / 1024);

const times: number[] = [];
const unexpected = new Map<string, number>();
let requests = 0;

/** Calls the API; an answer of any other status than those meant is counted as an error. */
const call = async (route: string, meant: number[], body?: object, token = adminToken) => {
  const [method = 'GET', path = ''] = route.split(' ');
  const started = performance.now();
  const response = await fetch(base_url + path, {
    method,
    headers: {
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(body && { 'Content-Type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  times.push(performance.now() - started);
  requests++;
  if (!meant.includes(response.status)) {
    const what = `${response.status} ${method} ${path.replace(/load-[\w-]+|K[0-9A-Za-z]{19}/g, '…')}`;
    unexpected.set(what, (unexpected.get(what) ?? 0) + 1);
  }
  return text === '' ? undefined : JSON.parse(text);
};

const users = '/api/v1/users';
const password = 's3cr3tP@sswOrd';
const grant = (n: number) => ({ resource: `r${n % 50}`, resource_type: 'table', type: 'read' });

/** One connection: a user of its own, and a mix of what users, services and administrators do. */
const connect = async (index: number, end: number) => {
  const name = `load-${index}`;
  await call(`POST ${users}/${name}`, [201], { password, initial_policies: [grant(0)] });
  const own = (await call(`POST ${users}/${name}/api-keys`, [201], { name: 'load' })).encoded;
  const evaluation = {
    subject: { type: 'user', id: name },
    action: { name: 'read' },
    resource: { type: 'table', id: 'r0' },
  };
  const mix: [number, (n: number) => Promise<unknown>][] = [
    [40, () => call(`GET ${users}/me`, [200], undefined, own)],
    [30, () => call('POST /access/v1/evaluation', [200], evaluation)],
    [5, () => call(`GET ${users}/${name}`, [200], undefined, own)],
    [4, () => call(`GET ${users}?limit=20`, [200])],
    [2, () => call(`GET ${users}/${name}/audit-events?limit=20`, [200])],
    [2, (n) => call(`GET ${users}/nobody-${n}`, [404])],
    [2, () => call(`DELETE ${users}/${name}`, [403], undefined, own)],
    [6, (n) => call(`POST ${users}/${name}/permissions`, [201], grant(n))],
    [
      4,
      (n) =>
        call(
          `DELETE ${users}/${name}/permissions?resource=r${(n % 49) + 1}&resourceType=table`,
          [204, 404],
        ),
    ],
    [2, () => call('POST /api/v1/sessions', [201], { username: name, password }, '')],
    [
      2,
      async () => {
        const key = await call(`POST ${users}/${name}/api-keys`, [201], { name: 'short' });
        await call(`DELETE ${users}/${name}/api-keys/${key.key_id}`, [204]);
      },
    ],
    [
      1,
      async (n) => {
        const other = `load-${index}-${n}`;
        await call(`POST ${users}/${other}`, [201], { password });
        await call('POST /api/v1/sessions', [401], { username: other, password: 'wrongP@ss' }, '');
        await call(`DELETE ${users}/${other}`, [204]);
      },
    ],
  ];
  const wheel = mix.flatMap(([weight, task]) => Array(weight).fill(task));
  for (let n = index; performance.now() < end; n++) {
    // A prime step goes through all of the wheel, and not in the same order in each connection.
    await wheel[(n * 37 + index) % wheel.length](n);
  }
};

const end = performance.now() + minutes * 60_000;
const perMinute: object[] = [];
const all: { requests: number; errors: number } = { requests: 0, errors: 0 };
const report = () => {
  const errors = [...unexpected.values()].reduce((sum, one) => sum + one, 0) - all.errors;
  const line = {
    requests,
    errors,
    p50_ms: quantile(times, 0.5),
    p99_ms: quantile(times, 0.99),
    resident_mb: residentMb(),
  };
  perMinute.push(line);
  stderr.write(`${JSON.stringify(line)}\n`);
  all.requests += requests;
  all.errors += errors;
  requests = 0;
  times.length = 0;
};
const clock = setInterval(report, 60_000);
await Promise.all(Array.from({ length: connections }, (_, index) => connect(index, end)));
clearInterval(clock);
report();
stack.kill('SIGTERM');
await new Promise((resolve) => stack.once('exit', resolve));
rmSync(folder, { recursive: true, force: true });
const results = { machine: machine(), minutes, connections, ...all, per_minute: perMinute };
stdout.write(
  `${JSON.stringify({ ...results, unexpected: Object.fromEntries(unexpected) }, null, 2)}\n`,
);
