import { describe, expect, it } from 'vitest';

import {
  call,
  createUser,
  everything,
  freshName,
  type Grant,
  newCaller,
  password,
  tokenFor,
  userAdmin,
  users,
} from '../support/api.ts';

const newPassword = { new_password: 'newS3cr3tP@sswOrd' };

describe('rule C: nobody climbs through another account', () => {
  it.each<[string, Grant[], Grant[], boolean]>([
    ['a user without grants', [userAdmin], [], true],
    ['a user with the same grant', [userAdmin], [userAdmin], true],
    ['a user with less', [userAdmin, ['table', '*', 'admin']], [['table', 'orders', 'read']], true],
    ['a user with another grant', [userAdmin], [['table', 'orders', 'read']], false],
    ['a global admin', [userAdmin], [everything], false],
    ['a global admin, as one', [everything], [everything], true],
  ])('taking over %s', async (_, grants, targetGrants, works) => {
    const { token } = await newCaller(grants);
    const target = await createUser(freshName('target'), ...targetGrants);
    const before = (await call(`GET ${users}/${target}`)).body;
    const reset = await call(`PUT ${users}/${target}/password`, { token, body: newPassword });
    expect(reset.status).toBe(works ? 200 : 403);
    if (!works) {
      expect(reset.body.error).toContain('you do not cover');
      expect((await call(`GET ${users}/${target}`)).body).toEqual(before);
    }
    const deleted = await call(`DELETE ${users}/${target}`, { token });
    expect(deleted.status).toBe(works ? 204 : 403);
    expect((await call(`GET ${users}/${target}`)).status).toBe(works ? 404 : 200);
  });

  it('counts what a scoped token may do, not what its owner could', async () => {
    const { token } = await newCaller([everything], [userAdmin]);
    const target = await createUser(freshName(), ['table', 'orders', 'read']);
    expect((await call(`DELETE ${users}/${target}`, { token })).status).toBe(403);
  });
});

describe('rule L: there is always a global admin', () => {
  it('refuses a global admin that deletes itself', async () => {
    const { name, token } = await newCaller([everything]);
    const reply = await call(`DELETE ${users}/${name}`, { token });
    expect(reply.status).toBe(409);
    expect((await call(`GET ${users}/me`, { token })).status).toBe(200);
  });

  it('lets only one of two admins deleting each other win', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b] = await Promise.all([newCaller([everything]), newCaller([everything])]);
      const replies = await Promise.all([
        call(`DELETE ${users}/${a.name}`, { token: b.token }),
        call(`DELETE ${users}/${b.name}`, { token: a.token }),
      ]);
      const won = replies.filter(({ status }) => status === 204);
      expect(won).toHaveLength(1);
      expect([401, 404]).toContain(replies.find(({ status }) => status !== 204)?.status);
    }
  });

  it('lets a user with admin on itself alone go', async () => {
    const name = freshName();
    await createUser(name, ['user', name, 'admin']);
    const token = await tokenFor(name);
    expect((await call(`DELETE ${users}/${name}`, { token })).status).toBe(204);
    expect((await call(`GET ${users}/me`, { token })).status).toBe(401);
  });
});

describe('the own password', () => {
  const change = (name: string, token: string, body: object) =>
    call(`PUT ${users}/${name}/password`, { token, body });

  it('changes with the current one, and with nothing less', async () => {
    const { name, token } = await newCaller([]);
    const without = await change(name, token, newPassword);
    expect(without.status).toBe(403);
    expect(without.body.error).toContain('current_password');
    const wrong = { ...newPassword, current_password: 'notTheP@sswOrd' };
    expect((await change(name, token, wrong)).status).toBe(403);
    const tooLong = { ...newPassword, current_password: password.padEnd(73, 'x') };
    expect((await change(name, token, tooLong)).status).toBe(403);
    const right = { ...newPassword, current_password: password };
    expect((await change(name, token, right)).status).toBe(200);
    expect((await change(name, token, right)).status).toBe(403);
  });

  it('of another user is not changed by knowing it', async () => {
    const { token } = await newCaller([]);
    const target = await createUser();
    const body = { ...newPassword, current_password: password };
    expect((await change(target, token, body)).status).toBe(403);
  });
});
