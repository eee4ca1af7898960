import { describe, expect, it } from 'vitest';
import {
  call,
  createUser,
  expecting,
  freshName,
  type Grant,
  grantTo,
  keyFor,
  login,
  newCaller,
  password,
  permissions,
  revokeFrom,
  sessionFor,
  sessions,
  tokenFor,
  userAdmin,
  users,
} from '../support/api.ts';

const read: Grant = ['table', 'orders', 'read'];
const write: Grant = ['table', 'orders', 'write'];
const historyOf = async (name: string, token?: string) =>
  expecting(
    200,
    call(`GET ${users}/${name}/audit-events?limit=1000`, token ? { token } : {}),
  ) as Promise<Record<string, unknown>[]>;

describe('GET /users/{userName}/audit-events', () => {
  it('tells what was done to a user, by whom, from where, newest first', async () => {
    const name = await createUser(freshName('Told'), read);
    const requestId = freshName('request');
    await grantTo(name, write);
    await revokeFrom(name, ['table', 'orders', '']);
    const scope = permissions(read);
    await grantTo(name, read);
    const key = await call(`POST ${users}/${name}/api-keys`, {
      body: { name: 'ci', permissions: scope, expires_in: '1h' },
      headers: { 'X-Request-ID': requestId },
    }).then(({ body }) => body);
    await call(`DELETE ${users}/${name}/api-keys/${key.key_id}`);
    const idOf = (token: string) => token.split('.')[1];
    const [one, two] = [await sessionFor(name), await sessionFor(name)];
    await call(`DELETE ${sessions}/current`, { token: one });
    await call(`DELETE ${users}/${name}/sessions`, { token: two });
    await call(`PUT ${users}/${name}/password`, { body: { new_password: `${password}2` } });

    const { key_secret: _, encoded: __, ...shownKey } = key;
    const admin = (await call(`GET ${users}/me`)).body.username;
    const date = expect.any(String);
    const told: [string, string, object][] = [
      [
        'users.set-password',
        admin,
        {
          before: { password_changed_at: date, sessions: [] },
          after: { password_changed_at: date, sessions: [] },
        },
      ],
      ['sessions.delete-all', name, { before: { sessions: [idOf(two)] } }],
      ['sessions.delete', name, { before: { sessions: [idOf(one)] } }],
      ['sessions.create', name, { token_id: idOf(two), after: { expires_at: date } }],
      ['sessions.create', name, { token_id: idOf(one), after: { expires_at: date } }],
      ['api-keys.delete', admin, { before: shownKey }],
      ['api-keys.create', admin, { after: shownKey, request_id: requestId }],
      ['permissions.create', admin, { before: { permissions: [] }, after: { permissions: scope } }],
      [
        'permissions.delete',
        admin,
        { before: { permissions: permissions(read, write) }, after: { permissions: [] } },
      ],
      [
        'permissions.create',
        admin,
        { before: { permissions: scope }, after: { permissions: permissions(read, write) } },
      ],
      ['users.create', admin, { after: { permissions: scope, username: name } }],
    ];
    const events = await historyOf(name);
    const common = {
      event_id: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
      time: date,
      outcome: 'done',
      username: name,
      token_id: expect.stringMatching(/^[0-9A-Za-z]{20}$/),
      source_address: expect.any(String),
      request_id: expect.any(String),
    };
    expect(events).toEqual(
      told.map(([operation, actor, rest]) => ({ ...common, operation, actor, ...rest })),
    );
    const times = events.map(({ time }) => Date.parse(String(time)));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(Date.now() - (times[0] ?? 0)).toBeLessThan(60_000);
  });

  it('holds no secret, password or hash', async () => {
    const { encoded } = await keyFor(await createUser());
    const name = await createUser();
    const key = await keyFor(name);
    const session = await sessionFor(name);
    await login(name, { password: 'canary-P@sswOrd' });
    await call(`PUT ${users}/${name}/password`, { body: { new_password: 'canary-newP@ss' } });
    const text = JSON.stringify(await historyOf(name));
    for (const secret of [password, 'canary', '$2b$', encoded, key.encoded, session]) {
      expect(text).not.toContain(secret);
    }
    expect(text).not.toContain(key.encoded.split('.')[2]?.slice(0, 43));
  });

  it('gives each event once over pages', async () => {
    const name = await createUser();
    for (let i = 0; i < 6; i++) await grantTo(name, ['table', `t${i}`, 'read']);
    const all = await historyOf(name);
    const seen: object[] = [];
    let next: string | undefined = `${users}/${name}/audit-events?limit=3`;
    while (next) {
      const { status, body, headers } = await call(`GET ${next}`);
      expect(status).toBe(200);
      expect(body.length).toBeLessThanOrEqual(3);
      seen.push(...body);
      next = /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
    }
    expect(seen).toEqual(all);
    expect(all).toHaveLength(7);
  });

  it.each([
    ['limit=0', 'limit must be a whole number from 1 to 1000.'],
    ['after=yesterday', 'after must be the event_id of the last event seen.'],
    ['before=x', 'before is not known here: leave it out.'],
  ])('refuses ?%s', async (query, error) => {
    const name = await createUser();
    const reply = await call(`GET ${users}/${name}/audit-events?${query}`);
    expect(reply).toMatchObject({ status: 400, body: { error } });
  });

  it('is for the user and its administrators', async () => {
    const name = await createUser();
    expect(await historyOf(name, await tokenFor(name))).toHaveLength(2);
    const admin = await tokenFor(await createUser(freshName(), ['user', name, 'admin']));
    expect(await historyOf(name, admin)).toHaveLength(2);
    const token = await tokenFor(await createUser(freshName(), ['user', name, 'read']));
    expect((await call(`GET ${users}/${name}/audit-events`, { token })).status).toBe(403);
    expect((await call(`GET ${users}/${freshName('nobody')}/audit-events`)).status).toBe(404);
  });

  it('outlives the user, for its administrators, and not for a new user of the name', async () => {
    const name = await createUser();
    await expecting(204, call(`DELETE ${users}/${name}`));
    const operations = async (token?: string) =>
      (await historyOf(name, token)).map(({ operation }) => operation);
    expect(await operations()).toEqual(['users.delete', 'users.create']);
    const oldest = (await historyOf(name)).at(-1)?.event_id;
    const beyond = await call(`GET ${users}/${name}/audit-events?after=${oldest}`);
    expect(beyond).toMatchObject({ status: 200, body: [] });
    await createUser(name);
    const token = await tokenFor(name);
    expect(await operations(token)).toEqual(['api-keys.create', 'users.create']);
    expect(await operations()).toHaveLength(4);
  });
});

describe('what did not succeed', () => {
  it('is told of a failed login, of a known user alone', async () => {
    const name = await createUser();
    await login(name, { password: 'notTheP@sswOrd' });
    const [event] = await historyOf(name);
    expect(event).toMatchObject({ operation: 'sessions.create', outcome: 'failed', actor: name });
    expect(event).not.toHaveProperty('token_id');
  });

  it('is told of a wrong current password, as of a failed login', async () => {
    const name = await createUser();
    const token = await tokenFor(name);
    const body = { new_password: `${password}2`, current_password: 'notTheP@sswOrd' };
    expect((await call(`PUT ${users}/${name}/password`, { token, body })).status).toBe(403);
    const [event, before] = await historyOf(name);
    expect(event).toMatchObject({
      operation: 'users.set-password',
      outcome: 'failed',
      token_id: token.split('.')[1],
    });
    expect(before).toMatchObject({ operation: 'api-keys.create' });
  });

  it('is told of a refused change, in the history of whom it was refused to', async () => {
    const { name, token } = await newCaller([userAdmin]);
    const target = await createUser(freshName('target'), ['*', '*', 'admin']);
    const before = await historyOf(target);
    const refused = await call(`DELETE ${users}/${target}`, { token });
    expect(refused.status).toBe(403);
    const [event] = await historyOf(name);
    expect(event).toMatchObject({
      operation: 'users.delete',
      outcome: 'refused',
      actor: name,
      username: target,
      reason: refused.body.error,
      token_id: token.split('.')[1],
    });
    expect(event).not.toHaveProperty('after');
    expect(await historyOf(target)).toEqual(before);
  });

  it('leaves nothing of what was not done', async () => {
    const name = await createUser();
    const told = await historyOf(name);
    await revokeFrom(name, read);
    await createUser(name).catch(() => {});
    await call(`POST ${users}/${name}/api-keys`, { body: {} });
    await call(`DELETE ${users}/${name}/sessions`);
    expect(await historyOf(name)).toEqual(told);
  });
});
