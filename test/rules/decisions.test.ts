import { describe, expect, it } from 'vitest';
import {
  call,
  createUser,
  everything,
  expecting,
  freshName,
  type Grant,
  grantTo,
  newCaller,
  revokeFrom,
  tokenFor,
  userAdmin,
  users,
} from '../support/api.ts';
import { putItem, readItem } from '../support/table.ts';

const entity = (type: string, id: string) => ({ type, id });
const question = (who: string, [resource_type, resource, type]: Grant) => ({
  subject: entity('user', who),
  action: { name: type },
  resource: entity(resource_type, resource),
});
const evaluate = (token: string, who: string, what: Grant) =>
  call('POST /access/v1/evaluation', { token, body: question(who, what) });
const orders: Grant = ['table', 'orders', 'read'];

describe('who may ask', () => {
  it.each<[string, Grant[], Grant[] | undefined, boolean]>([
    ['nobody in particular', [], undefined, false],
    ['who may read every user', [['user', '*', 'read']], undefined, true],
    ['who may read that user', [['user', 'SUBJECT', 'read']], undefined, true],
    ['who may administer that user', [['user', 'SUBJECT', 'admin']], undefined, true],
    ['who may write that user', [['user', 'SUBJECT', 'write']], undefined, false],
    ['who may read another user', [['user', 'someone', 'read']], undefined, false],
    ['who administers the resource', [['table', 'orders', 'admin']], undefined, true],
    ['who administers every resource of the type', [['table', '*', 'admin']], undefined, true],
    ['who administers another resource', [['table', 'other', 'admin']], undefined, false],
    [
      'who administers a namesake of another type',
      [['queue', 'orders', 'admin']],
      undefined,
      false,
    ],
    ['who may write the resource', [['table', 'orders', 'write']], undefined, false],
    ['a token for it', [everything], [['user', '*', 'read']], true],
    ['a token for the resource', [everything], [['table', 'orders', 'admin']], true],
    ['a token for something else', [everything], [['table', 'other', 'admin']], false],
    ['a token for what its owner has lost', [], [['user', '*', 'read']], false],
  ])('an evaluation of another, and its actions: %s', async (_, grants, scope, may) => {
    const subject = await createUser(freshName('subject'), orders);
    const named = grants.map(
      ([type, resource, access]): Grant => [type, resource.replace('SUBJECT', subject), access],
    );
    const { token } = await newCaller(named, scope);
    const reply = await evaluate(token, subject, orders);
    expect(reply.status).toBe(may ? 200 : 403);
    if (may) expect(reply.body.decision).toBe(true);
    else {
      expect(reply.body.error).toBe(
        `To ask about ${subject} needs the permission read on user "${subject}", or admin on table "orders".`,
      );
    }
    const body = { subject: entity('user', subject), resource: entity('table', 'orders') };
    const actions = await call('POST /access/v1/search/action', { token, body });
    expect(actions.status).toBe(may ? 200 : 403);
    const evaluations = [question(subject, orders)];
    const batch = await call('POST /access/v1/evaluations', { token, body: { evaluations } });
    expect(batch.body.evaluations).toMatchObject([
      may ? { decision: true } : { decision: false, context: { error: { status: 403 } } },
    ]);
  });

  it('does not tell who may not ask whether there is such a user', async () => {
    const { token } = await newCaller([['table', 'other', 'admin']]);
    const [known, unknown] = [await createUser(), freshName('nobody')];
    const errorOf = async (who: string) =>
      (await evaluate(token, who, orders)).body.error.replaceAll(who, 'who');
    expect(await errorOf(unknown)).toBe(await errorOf(known));
    const { token: admin } = await newCaller([['table', 'orders', 'admin']]);
    const reasonOf = async (who: string) =>
      JSON.stringify((await evaluate(admin, who, orders)).body).replaceAll(who, 'who');
    expect(await reasonOf(unknown)).toBe(await reasonOf(known));
  });

  it.each<[string, Grant[], number]>([
    ['nobody in particular', [], 403],
    ['who may read every user', [['user', '*', 'read']], 200],
    ['who may read one user', [['user', 'someone', 'read']], 403],
    ['who administers the resource', [['table', 'orders', 'admin']], 200],
    ['who administers another', [['table', 'other', 'admin']], 403],
  ])('for the subjects of a resource: %s', async (_, grants, status) => {
    const { token } = await newCaller(grants);
    const { action, resource } = question('', orders);
    const body = { subject: { type: 'user' }, action, resource };
    expect((await call('POST /access/v1/search/subject', { token, body })).status).toBe(status);
  });

  it.each<[string, Grant[], number]>([
    ['nobody in particular', [], 403],
    ['who may read the user', [['user', 'SUBJECT', 'read']], 200],
    ['who administers every resource of the type', [['table', '*', 'admin']], 200],
    ['who administers one resource', [['table', 'orders', 'admin']], 403],
  ])('for the resources of another: %s', async (_, grants, status) => {
    const subject = await createUser(freshName('subject'), orders);
    const { token } = await newCaller(
      grants.map(([type, resource, access]) => [
        type,
        resource.replace('SUBJECT', subject),
        access,
      ]),
    );
    const { action } = question(subject, orders);
    const body = { subject: entity('user', subject), action, resource: { type: 'table' } };
    const reply = await call('POST /access/v1/search/resource', { token, body });
    expect(reply.status).toBe(status);
    if (status === 200) expect(reply.body.results).toEqual([entity('table', 'orders')]);
  });
});

describe('about oneself', () => {
  it('everyone may ask, in any spelling', async () => {
    const name = await createUser(freshName('Self'), orders);
    const token = await tokenFor(name);
    expect((await evaluate(token, name.toUpperCase(), orders)).body.decision).toBe(true);
    const none = await evaluate(token, name, ['table', 'orders', 'write']);
    expect(none.body).toEqual({
      decision: false,
      context: { reason: `${name} is not granted write on table "orders".` },
    });
  });

  it('a scoped token is answered for what the token may do', async () => {
    const name = await createUser(freshName(), ['table', '*', 'admin']);
    const token = await tokenFor(name, { scope: [orders, ['table', 'other', 'write']] });
    expect((await evaluate(token, name, orders)).body.decision).toBe(true);
    expect((await evaluate(token, name, ['table', 'orders', 'write'])).body).toEqual({
      decision: false,
      context: { reason: `This token's scope does not cover write on table "orders".` },
    });
    const subject = entity('user', name);
    const search = async (api: string, body: object) =>
      (await call(`POST /access/v1/search/${api}`, { token, body: { subject, ...body } })).body
        .results;
    const resource = entity('table', 'orders');
    expect(await search('action', { resource })).toEqual([{ name: 'read' }]);
    const reads = { action: { name: 'read' }, resource: { type: 'table' } };
    expect(await search('resource', reads)).toEqual([resource]);
    const writes = { action: { name: 'write' }, resource: { type: 'table' } };
    expect(await search('resource', writes)).toEqual([entity('table', 'other')]);
    // Who may read the user is answered for the user.
    const { token: reader } = await newCaller([['user', name, 'read']]);
    const decided = await evaluate(reader, name, ['table', 'orders', 'write']);
    expect(decided.body.decision).toBe(true);
  });
});

describe('the reason', () => {
  const grant = (text: Grant) => ({ resource_type: text[0], resource: text[1], type: text[2] });

  it('names the grant that allows it to who may read the user', async () => {
    const name = await createUser(freshName(), ['*', 'orders', 'admin']);
    const { token } = await newCaller([['user', name, 'read']]);
    expect((await evaluate(token, name, orders)).body).toEqual({
      decision: true,
      context: {
        reason: `${name} is granted admin on every type "orders".`,
        grant: grant(['*', 'orders', 'admin']),
      },
    });
  });

  it('does not name to who administers the resource what else the subject may do', async () => {
    const { token } = await newCaller([['table', 'orders', 'admin']]);
    for (const grants of [[everything], [orders], [orders, everything]]) {
      const name = await createUser(freshName(), ...grants);
      expect((await evaluate(token, name, orders)).body).toEqual({
        decision: true,
        context: { reason: `${name} is granted this.` },
      });
    }
  });

  it('says which actions there are', async () => {
    const { name, token } = await newCaller([]);
    expect((await evaluate(token, name, ['table', 'orders', 'delete'])).body.context.reason).toBe(
      'There is no action delete: actions are read, write, admin.',
    );
  });
});

describe('a search', () => {
  const type = `kind-${process.pid}`;
  const [a, b] = [freshName('a'), freshName('b')];
  /** Every combination of a resource type, a resource and an access type: two at a time for each user. */
  const all = ['*', type, 'other'].flatMap((resourceType) =>
    ['*', a, b].flatMap((resource) =>
      ['read', 'write', 'admin'].map((access): Grant => [resourceType, resource, access]),
    ),
  );

  it('finds exactly what an evaluation permits, each once, wildcards too', async () => {
    const pairs = all.map((grant, i): Grant[] => [grant, all[(i * 7 + 3) % all.length] as Grant]);
    const names = await Promise.all(
      pairs.map((grants) => createUser(freshName('found'), ...grants)),
    );
    const { token } = await newCaller([['user', '*', 'read']]);
    const questions = ['*', a, b].flatMap((resource) =>
      ['read', 'write', 'admin'].map((access): Grant => [type, resource, access]),
    );
    const ask = async (api: string, body: object) =>
      (await expecting(200, call(`POST /access/v1/search/${api}`, { token, body }))).results;

    for (const what of questions) {
      const evaluations = names.map((name) => question(name, what));
      const { body } = await call('POST /access/v1/evaluations', { token, body: { evaluations } });
      const permitted = names.filter((_, i) => body.evaluations[i].decision);
      const { action, resource } = question('', what);
      const found = await ask('subject', { subject: { type: 'user' }, action, resource });
      const ours = found
        .map(({ id }: { id: string }) => id)
        .filter((id: string) => names.includes(id));
      expect(ours.sort(), String(what)).toEqual([...permitted].sort());
    }
    for (const [i, name] of names.entries()) {
      const subject = entity('user', name);
      for (const access of ['read', 'write', 'admin']) {
        const action = { name: access };
        const found = await ask('resource', { subject, action, resource: { type } });
        const known = ['*', a, b].filter((resource) =>
          pairs[i]?.some(([of, on]) => on === resource && (of === type || of === '*')),
        );
        const evaluations = known.map((resource) => question(name, [type, resource, access]));
        const body = evaluations.length ? { evaluations } : { evaluations: [{}] };
        const decided = (await call('POST /access/v1/evaluations', { token, body })).body
          .evaluations;
        const permitted = known.filter((_, n) => decided[n].decision);
        expect(found, `${pairs[i]} ${access}`).toEqual(permitted.map((id) => entity(type, id)));
      }
      for (const resource of ['*', a]) {
        const found = await ask('action', { subject, resource: entity(type, resource) });
        const evaluations = ['read', 'write', 'admin'].map((access) =>
          question(name, [type, resource, access]),
        );
        const { body } = await call('POST /access/v1/evaluations', {
          token,
          body: { evaluations },
        });
        const permitted = evaluations.filter((_, n) => body.evaluations[n].decision);
        expect(found).toEqual(permitted.map(({ action }) => action));
      }
    }
  }, 60_000);

  it('finds for a scoped token, of itself, what an evaluation permits the token', async () => {
    const [r, s] = [freshName('R'), freshName('s')];
    const scopes: Grant[][] = [
      [[type, r, 'read']],
      [['*', r, 'read']],
      [[type, '*', 'read']],
      [['user', '*', 'read']],
      [
        [type, s, 'admin'],
        ['other', r, 'read'],
      ],
      [],
    ];
    const holdings: Grant[][] = [
      [
        ['other', r, 'read'],
        [type, '*', 'read'],
      ],
      [['*', r, 'read']],
      [['*', '*', 'read']],
      [
        [type, r, 'read'],
        [type, s, 'admin'],
      ],
    ];
    const idsOf = (results: { id: string }[]) => results.map(({ id }) => id);
    for (const grants of holdings) {
      for (const scope of scopes) {
        const { name, token } = await newCaller(grants, scope);
        const what = `${grants} through ${scope}`;
        const may = async (of: string, id: string) =>
          (await evaluate(token, name, [of, id, 'read'])).body.decision === true;
        const action = { name: 'read' };
        for (const of of [type, 'user']) {
          const body = { subject: entity('user', name), action, resource: { type: of } };
          const found = await call('POST /access/v1/search/resource', { token, body });
          expect(found.status).toBe(200);
          const ids = idsOf(found.body.results);
          for (const id of ids) expect(await may(of, id), `${what}: ${id}`).toBe(true);
          // As a user R is another name than the one that was granted.
          if (of === 'user') continue;
          const known = new Set(
            [...grants, ...scope]
              .filter(([held]) => held === of || held === '*')
              .map(([, on]) => on),
          );
          const permitted: string[] = [];
          for (const id of known) if (await may(of, id)) permitted.push(id);
          expect(ids.sort(), what).toEqual(permitted.sort());
        }
        const body = { subject: { type: 'user' }, action, resource: entity(type, r) };
        const found = await call('POST /access/v1/search/subject', { token, body });
        if (found.status !== 200) expect(found.status).toBe(403);
        else expect(idsOf(found.body.results).includes(name), what).toBe(await may(type, r));
      }
    }
  }, 60_000);

  it('finds users as resources by the names that an evaluation knows', async () => {
    const upper = freshName('Upper');
    const name = await createUser(freshName(), ['user', upper, 'read'], ['*', upper, 'read']);
    const token = await tokenFor(name);
    const action = { name: 'read' };
    const body = { subject: entity('user', name), action, resource: { type: 'user' } };
    const found = await expecting(200, call('POST /access/v1/search/resource', { token, body }));
    expect(found.results).toEqual([entity('user', upper.toLowerCase())]);
    const who = { subject: { type: 'user' }, action, resource: entity('user', upper) };
    const readers = await expecting(200, call('POST /access/v1/search/subject', { body: who }));
    expect(readers.results).toContainEqual(entity('user', name));
  });

  it('gives resources by pages, in any order that their names sort in', async () => {
    const resources = ['!', '*', 'a', 'aa', 'b', 'ä', '￿', '😀'];
    const grants = resources.map((resource): Grant => [type, resource, 'read']);
    const { name, token } = await newCaller(grants);
    for (const limit of [1, 2, 3, 8]) {
      const seen: string[] = [];
      let page: object = { limit };
      for (;;) {
        const body = {
          subject: entity('user', name),
          action: { name: 'read' },
          resource: { type },
          page,
        };
        const reply = await expecting(
          200,
          call('POST /access/v1/search/resource', { token, body }),
        );
        seen.push(...reply.results.map(({ id }: { id: string }) => id));
        if (!reply.page.next_token) break;
        expect(reply.results).toHaveLength(limit);
        page = { token: reply.page.next_token };
      }
      expect(seen).toEqual(resources);
    }
  });

  it('finds no one who is deleted, lost the grant, or has the name of one who had it', async () => {
    const resource = freshName('left');
    const read: Grant = [type, resource, 'read'];
    const [stays, loses, goes, comes] = await Promise.all(
      ['stays', 'loses', 'goes', 'comes'].map((name) => createUser(freshName(name), read)),
    );
    const items = await Promise.all(
      [goes, comes].map((name) => readItem(name ?? '', `PERM#${resource}`)),
    );
    await revokeFrom(loses ?? '', read);
    await expecting(204, call(`DELETE ${users}/${goes}`));
    await expecting(204, call(`DELETE ${users}/${comes}`));
    await createUser(comes);
    // As if the clean-up had not reached them.
    for (const item of items) await putItem(item ?? {});
    const { token } = await newCaller([['user', '*', 'read']]);
    const body = {
      subject: { type: 'user' },
      action: { name: 'read' },
      resource: entity(type, resource),
    };
    const found = await expecting(200, call('POST /access/v1/search/subject', { token, body }));
    const ids = found.results.map(({ id }: { id: string }) => id);
    expect(ids).toContain(stays);
    for (const gone of [loses, goes, comes]) expect(ids).not.toContain(gone);
  });
});

it('shows a revocation in the very next decision', async () => {
  const subject = await createUser(freshName(), orders);
  const { name, token } = await newCaller([['user', '*', 'read']]);
  const decide = async () => (await evaluate(token, subject, orders)).body.decision;
  expect(await decide()).toBe(true);
  await revokeFrom(subject, orders);
  expect(await decide()).toBe(false);
  await grantTo(subject, ['*', '*', 'read']);
  expect(await decide()).toBe(true);
  await expecting(204, call(`DELETE ${users}/${subject}`));
  expect(await decide()).toBe(false);
  await createUser(subject);
  expect(await decide()).toBe(false);
  await revokeFrom(name, ['user', '*', 'read']);
  expect((await evaluate(token, subject, orders)).status).toBe(403);
  await grantTo(name, userAdmin);
  expect((await evaluate(token, subject, orders)).status).toBe(200);
});
