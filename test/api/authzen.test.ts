import { beforeAll, describe, expect, it } from 'vitest';
import { call, createUser, freshName, type Grant, sessionFor, tokenFor } from '../support/api.ts';

/*
 * The public certification scenario of OpenID AuthZEN Authorization API 1.0, its Core levels: Basic, Batch,
 * Search, Discovery, with alice and bob as ordinary users with ordinary grants.
 */
const [aliceId, bobId, recordId] = [freshName('alice'), freshName('bob'), freshName('record-1')];
const alice = { type: 'user', id: aliceId };
const bob = { type: 'user', id: bobId };
const record1 = { type: 'record', id: recordId };
const record2 = { type: 'record', id: `${recordId}-2` };
const [read, write] = [{ name: 'read' }, { name: 'write' }];
const context = { time: '2025-06-27T18:03-07:00', ip: '192.168.1.1' };

/** The normal set-up: a service that only asks has one key with read on every user. */
let token: string;
const ask = (api: string, body: unknown, headers = {}) =>
  call(`POST /access/v1/${api}`, { token, body, headers });
const idsOf = (results: { id: string }[]) => results.map(({ id }) => id);

beforeAll(async () => {
  const on = (type: string): Grant => ['record', recordId, type];
  await createUser(aliceId, on('read'), on('write'));
  await createUser(bobId, on('read'));
  token = await tokenFor(await createUser(freshName('service'), ['user', '*', 'read']));
});

describe('Basic: POST /access/v1/evaluation', () => {
  it.each<[string, object, boolean]>([
    ['rule 1', { subject: alice, action: read, resource: record1 }, true],
    ['rule 2', { subject: alice, action: write, resource: record1 }, true],
    ['rule 3', { subject: bob, action: read, resource: record1 }, true],
    ['rule 4', { subject: bob, action: write, resource: record1 }, false],
    ['context', { subject: alice, action: read, resource: record1, context }, true],
    [
      'properties',
      {
        subject: { ...alice, properties: { department: 'Sales' } },
        action: { ...read, properties: { method: 'GET' } },
        resource: { ...record1, properties: { status: 'active', owner: null } },
      },
      true,
    ],
    [
      'unknown members',
      { subject: alice, action: read, resource: record1, foo: 'bar', future: { nested: true } },
      true,
    ],
    [
      'an unknown subject',
      { subject: { type: 'user', id: freshName('nobody') }, action: read, resource: record1 },
      false,
    ],
    [
      'what can be no user',
      { subject: { type: 'user', id: 'a b' }, action: read, resource: record1 },
      false,
    ],
    [
      'an unknown type of subject',
      { subject: { type: 'spaceship', id: aliceId }, action: read, resource: record1 },
      false,
    ],
    ['an unknown action', { subject: alice, action: { name: 'delete' }, resource: record1 }, false],
    [
      'an unknown resource',
      { subject: alice, action: read, resource: { type: 'record', id: 'none' } },
      false,
    ],
    [
      'an unknown type of resource',
      { subject: alice, action: read, resource: { type: 'Report Card', id: recordId } },
      false,
    ],
    [
      'what can be no resource',
      { subject: alice, action: read, resource: { type: 'record', id: 'x'.repeat(2000) } },
      false,
    ],
    ['nothing', { subject: alice, action: read, resource: { type: 'record', id: '' } }, false],
  ])('decides: %s', async (_, body, decision) => {
    const reply = await ask('evaluation', body);
    expect(reply).toMatchObject({ status: 200, body: { decision } });
    expect(reply.headers.get('content-type')).toBe('application/json');
    expect(typeof reply.body.context.reason).toBe('string');
  });

  const whole = { subject: alice, action: read, resource: record1 };
  it.each<[string, unknown, string]>([
    ['no subject', { ...whole, subject: undefined }, 'subject is missing.'],
    ['no action', { ...whole, action: undefined }, 'action is missing.'],
    ['no resource', { ...whole, resource: undefined }, 'resource is missing.'],
    ['no subject.type', { ...whole, subject: { id: aliceId } }, 'subject.type is missing.'],
    ['no subject.id', { ...whole, subject: { type: 'user' } }, 'subject.id is missing.'],
    ['no action.name', { ...whole, action: {} }, 'action.name is missing.'],
    ['no resource.type', { ...whole, resource: { id: 'x' } }, 'resource.type is missing.'],
    ['no resource.id', { ...whole, resource: { type: 'record' } }, 'resource.id is missing.'],
    ['a subject that is text', { ...whole, subject: aliceId }, 'subject must be a JSON object.'],
    ['an action that is a list', { ...whole, action: ['read'] }, 'action.name is missing.'],
    [
      'a name that is a number',
      { ...whole, action: { name: 123 } },
      'action.name must be a string.',
    ],
    ['a context that is text', { ...whole, context: 'now' }, 'context must be a JSON object.'],
    [
      'properties that are a list',
      { ...whole, subject: { ...alice, properties: [] } },
      'subject.properties must be a JSON object.',
    ],
    ['a list', [whole], 'The body must be a JSON object.'],
  ])('refuses %s', async (_, body, error) => {
    expect(await ask('evaluation', body)).toMatchObject({ status: 400, body: { error } });
  });

  it.each([
    ['another media type', 'text/plain', JSON.stringify(whole)],
    ['a form', 'application/x-www-form-urlencoded', 'subject=alice'],
    ['malformed JSON', 'application/json', '{"subject":'],
    ['an empty body', 'application/json', ''],
  ])('answers 400 to %s', async (_, type, raw) => {
    const options = { token, raw, headers: { 'Content-Type': type } };
    const reply = await call('POST /access/v1/evaluation', options);
    expect(reply).toMatchObject({ status: 400, body: { error: expect.any(String) } });
  });

  it('echoes X-Request-ID, and says the same each time', async () => {
    for (let i = 0; i < 3; i++) {
      const reply = await ask('evaluation', whole, { 'X-Request-ID': `bfe9eb29-${i}` });
      expect(reply.headers.get('x-request-id')).toBe(`bfe9eb29-${i}`);
      expect(reply.body.decision).toBe(true);
    }
  });

  it('is 401 without a token', async () => {
    const reply = await call('POST /access/v1/evaluation', { token: null, body: whole });
    expect(reply.status).toBe(401);
    expect(reply.headers.get('www-authenticate')).toBe('Bearer');
  });
});

describe('Batch: POST /access/v1/evaluations', () => {
  const decisionsOf = (body: { evaluations: { decision: boolean }[] }) =>
    body.evaluations.map(({ decision }) => decision);

  it.each<[string, object, boolean[]]>([
    [
      'with a default subject and action',
      { subject: alice, action: read, evaluations: [{ resource: record1 }, { resource: record2 }] },
      [true, false],
    ],
    [
      'with a default subject and resource, in their order',
      { subject: bob, resource: record1, evaluations: [{ action: read }, { action: write }] },
      [true, false],
    ],
    [
      'without defaults',
      {
        evaluations: [
          { subject: alice, action: read, resource: record1 },
          { subject: bob, action: write, resource: record1 },
        ],
      },
      [true, false],
    ],
    [
      'with a context, overridden',
      {
        subject: alice,
        action: read,
        context,
        evaluations: [{ resource: record1 }, { resource: record2, context: { source: 'batch' } }],
      },
      [true, false],
    ],
    [
      'with nothing but defaults, replaced whole',
      {
        subject: alice,
        action: write,
        resource: record1,
        evaluations: [{}, { resource: record2 }],
      },
      [true, false],
    ],
    [
      'of which one lacks its resource',
      {
        subject: alice,
        action: read,
        options: { evaluations_semantic: 'execute_all' },
        evaluations: [{ resource: record1 }, {}, { resource: record1 }],
      },
      [true, false, true],
    ],
    [
      'of which one replaces a default by half of one',
      {
        subject: alice,
        action: read,
        resource: record1,
        evaluations: [{ resource: { type: 'record' } }, {}],
      },
      [false, true],
    ],
    [
      'of which some are no objects',
      { subject: alice, action: read, resource: record1, evaluations: [null, 5, 'x', [], {}] },
      [false, false, false, false, true],
    ],
    [
      'to the first denial',
      {
        subject: alice,
        action: read,
        options: { evaluations_semantic: 'deny_on_first_deny', another_option: 1 },
        evaluations: [{ resource: record1 }, { resource: record2 }, { resource: record1 }],
      },
      [true, false],
    ],
    [
      'to a denial that is an error',
      {
        subject: alice,
        action: read,
        options: { evaluations_semantic: 'deny_on_first_deny' },
        evaluations: [{}, { resource: record1 }],
      },
      [false],
    ],
    [
      'to the first permit',
      {
        subject: alice,
        action: read,
        options: { evaluations_semantic: 'permit_on_first_permit' },
        evaluations: [{ resource: record2 }, { resource: record1 }, { resource: record2 }],
      },
      [false, true],
    ],
    [
      'to the end, when none is permitted',
      {
        subject: bob,
        action: write,
        options: { evaluations_semantic: 'permit_on_first_permit' },
        evaluations: [{ resource: record2 }, { resource: record1 }],
      },
      [false, false],
    ],
  ])('decides each %s', async (_, body, decisions) => {
    const reply = await ask('evaluations', body);
    expect(reply.status).toBe(200);
    expect(reply.body).not.toHaveProperty('decision');
    expect(decisionsOf(reply.body)).toEqual(decisions);
  });

  it.each([
    ['id', { resource: { type: 't', id: 'x'.repeat(60_000) } }],
    ['quoted id', { resource: { type: 't', id: '"\\'.repeat(15_000) } }],
    ['type', { resource: { type: 'x'.repeat(60_000), id: 'x' } }],
    ['subject', { subject: { type: 'user', id: 'x'.repeat(60_000) } }],
    ['action', { action: { name: 'x'.repeat(60_000) } }],
  ])('answers a thousand about one long %s in a few words', async (_, long) => {
    const evaluations = Array(1000).fill({});
    const defaults = { subject: alice, action: read, resource: record1, ...long };
    const reply = await ask('evaluations', { ...defaults, evaluations });
    expect(reply.status).toBe(200);
    expect(JSON.stringify(reply.body).length).toBeLessThan(500_000);
  });

  it('says what is wrong with one of many', async () => {
    const { body } = await ask('evaluations', { subject: alice, action: read, evaluations: [{}] });
    expect(body.evaluations).toEqual([
      {
        decision: false,
        context: { error: { status: 400, message: 'resource is missing.' } },
      },
    ]);
  });

  it.each([
    ['without', undefined],
    ['with no', []],
  ])('is a single evaluation %s evaluations', async (_, evaluations) => {
    const single = { subject: alice, action: read, resource: record1, evaluations };
    expect(await ask('evaluations', single)).toMatchObject({
      status: 200,
      body: { decision: true },
    });
    const { subject: __, ...part } = single;
    expect((await ask('evaluations', part)).body.error).toBe('subject is missing.');
  });

  it.each<[string, object, string]>([
    [
      'evaluations that are no list',
      { evaluations: {} },
      'evaluations must be a list of at most 1000 evaluations.',
    ],
    [
      'too many',
      { evaluations: Array(1001).fill({}) },
      'evaluations must be a list of at most 1000 evaluations.',
    ],
    [
      'an unknown semantic',
      { evaluations: [{}], options: { evaluations_semantic: 'any' } },
      'options.evaluations_semantic must be execute_all, deny_on_first_deny, permit_on_first_permit.',
    ],
    [
      'options that are a list',
      { evaluations: [{}], options: [] },
      'options must be a JSON object.',
    ],
    [
      'a default that is wrong',
      { subject: 'alice', evaluations: [{}] },
      'subject must be a JSON object.',
    ],
  ])('refuses %s', async (_, body, error) => {
    expect(await ask('evaluations', body)).toMatchObject({ status: 400, body: { error } });
  });

  it('takes a thousand', async () => {
    const evaluations = Array.from({ length: 1000 }, (_, i) => (i % 2 ? { subject: bob } : {}));
    const reply = await ask('evaluations', {
      subject: alice,
      action: write,
      resource: record1,
      evaluations,
    });
    expect(decisionsOf(reply.body)).toEqual(evaluations.map((_, i) => i % 2 === 0));
  });
});

describe('Search: POST /access/v1/search/…', () => {
  const whoReads = { subject: { type: 'user' }, action: read, resource: record1 };
  const whatAlice = { subject: alice, action: read, resource: { type: 'record' } };
  const canAlice = { subject: alice, resource: record1 };

  it('finds subjects, whatever the context and the id', async () => {
    const reply = await ask('search/subject', whoReads);
    expect(reply.status).toBe(200);
    expect(idsOf(reply.body.results)).toEqual(expect.arrayContaining([aliceId, bobId]));
    for (const { type } of reply.body.results) expect(type).toBe('user');
    for (const same of [
      { ...whoReads, context },
      { ...whoReads, subject: alice },
    ]) {
      const { results } = (await ask('search/subject', same)).body;
      expect(idsOf(results)).toEqual(expect.arrayContaining([aliceId, bobId]));
    }
    const writers = (await ask('search/subject', { ...whoReads, action: write })).body.results;
    expect(idsOf(writers)).toContain(aliceId);
    expect(idsOf(writers)).not.toContain(bobId);
  });

  it('finds resources, whatever the context and the id', async () => {
    const reply = await ask('search/resource', whatAlice);
    expect(reply.body).toEqual({ page: { next_token: '', count: 1 }, results: [record1] });
    for (const same of [
      { ...whatAlice, context },
      { ...whatAlice, resource: record2 },
    ]) {
      expect((await ask('search/resource', same)).body).toEqual(reply.body);
    }
  });

  it('finds actions, whatever the context', async () => {
    for (const same of [canAlice, { ...canAlice, context, page: { limit: 1 } }]) {
      expect(await ask('search/action', same)).toMatchObject({
        status: 200,
        body: { results: [read, write] },
      });
    }
    expect((await ask('search/action', { subject: bob, resource: record1 })).body.results).toEqual([
      read,
    ]);
  });

  it('gives subjects by pages', async () => {
    const whole = (await ask('search/subject', whoReads)).body;
    expect(whole.page).toEqual({ next_token: '', count: whole.results.length });
    const seen: { id: string }[] = [];
    let page: object = { limit: 1 };
    for (;;) {
      const { status, body } = await ask('search/subject', { ...whoReads, page });
      expect(status).toBe(200);
      expect(body.results).toHaveLength(1);
      seen.push(...body.results);
      if (body.page.next_token === '') break;
      page = { token: body.page.next_token };
    }
    // Others may have come or gone meanwhile.
    const ours = (results: { id: string }[]) =>
      results.filter(({ id }) => [aliceId, bobId].includes(id));
    expect(ours(seen)).toEqual(ours(whole.results));
    expect(ours(seen)).toHaveLength(2);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
  });

  it('takes a page of no results, and one of more than there may be', async () => {
    const none = (await ask('search/subject', { ...whoReads, page: { limit: 0 } })).body;
    expect(none).toMatchObject({
      results: [],
      page: { count: 0, next_token: expect.stringMatching(/./) },
    });
    const all = await ask('search/subject', { ...whoReads, page: { limit: 1_000_000 } });
    expect(all.status).toBe(200);
  });

  /** A token whose place is another. */
  const forged = (token: string, after: string) => {
    const place = JSON.parse(Buffer.from(token, 'base64url').toString());
    return Buffer.from(JSON.stringify({ ...place, after })).toString('base64url');
  };

  it('goes on with the limit that it was asked with, and in whatever order members come', async () => {
    const on = Array.from({ length: 50 }, (_, i): Grant => ['record', `many-${i}`, 'read']);
    const name = await createUser(freshName(), ...on);
    const body = { ...whatAlice, subject: { type: 'user', id: name }, context: { a: 1, b: 2 } };
    const first = await ask('search/resource', { ...body, page: { limit: 20 } });
    const { next_token } = first.body.page;
    const again = { ...body, context: { b: 2, a: 1 }, page: { limit: 20, token: next_token } };
    expect((await ask('search/resource', again)).body.page.count).toBe(20);
    const beyond = { ...body, page: { token: forged(next_token, 'many-9') } };
    expect((await ask('search/resource', beyond)).body.results).toEqual([]);
  });

  it('refuses a token that is not of this search', async () => {
    const { body } = await ask('search/subject', { ...whoReads, page: { limit: 1 } });
    const token = body.page.next_token;
    for (const other of [
      { ...whoReads, action: write, page: { token } },
      { ...whoReads, resource: record2, page: { token } },
      { ...whoReads, page: { token, limit: 2 } },
      { ...whoReads, page: { token: 'forged' } },
      { ...whoReads, page: { token: forged(token, 'x'.repeat(1001)) } },
      { ...whoReads, page: { token: forged(token, '\ud800') } },
      { ...whoReads, page: { token: Buffer.from('{"after":1}').toString('base64url') } },
    ]) {
      expect(await ask('search/subject', other)).toMatchObject({
        status: 400,
        body: { error: expect.stringContaining('page.token') },
      });
    }
    expect((await ask('search/subject', { ...whoReads, page: { token, limit: 1 } })).status).toBe(
      200,
    );
    const elsewhere = await ask('search/resource', { ...whatAlice, page: { token } });
    expect(elsewhere.status).toBe(400);
  });

  const nobody = { type: 'user', id: freshName('nobody') };
  it.each<[string, string, object]>([
    ['action', 'an unknown subject', { subject: nobody, resource: record1 }],
    [
      'action',
      'an unknown type of subject',
      { subject: { type: 'x', id: 'y' }, resource: record1 },
    ],
    ['resource', 'an unknown subject', { ...whatAlice, subject: nobody }],
    ['resource', 'an unknown type', { ...whatAlice, resource: { type: 'spaceship' } }],
    ['resource', 'what can be no type', { ...whatAlice, resource: { type: 'Space Ship' } }],
    ['resource', 'an unknown action', { ...whatAlice, action: { name: 'fly' } }],
    ['subject', 'an unknown type', { ...whoReads, subject: { type: 'spaceship' } }],
    ['subject', 'an unknown action', { ...whoReads, action: { name: 'fly' } }],
  ])('finds nothing, and no error: search/%s for %s', async (api, _, body) => {
    expect(await ask(`search/${api}`, body)).toMatchObject({ status: 200, body: { results: [] } });
  });

  it.each<[string, object, string]>([
    ['subject', { ...whoReads, action: undefined }, 'action is missing.'],
    ['subject', { ...whoReads, resource: { type: 'record' } }, 'resource.id is missing.'],
    ['resource', { ...whatAlice, subject: undefined }, 'subject is missing.'],
    ['resource', { ...whatAlice, subject: { type: 'user' } }, 'subject.id is missing.'],
    ['action', { subject: alice }, 'resource is missing.'],
    ['action', { ...canAlice, subject: { type: 'user' } }, 'subject.id is missing.'],
    ['subject', { ...whoReads, page: 1 }, 'page must be a JSON object.'],
    ['subject', { ...whoReads, page: [] }, 'page must be a JSON object.'],
    ['subject', { ...whoReads, page: { limit: -1 } }, 'page.limit must be a whole number from 0.'],
    ['subject', { ...whoReads, page: { limit: 1.5 } }, 'page.limit must be a whole number from 0.'],
    ['subject', { ...whoReads, page: { token: 1 } }, 'page.token must be a string.'],
  ])('refuses a malformed search/%s %j', async (api, body, error) => {
    expect(await ask(`search/${api}`, body)).toMatchObject({ status: 400, body: { error } });
  });
});

describe('Discovery: GET /.well-known/authzen-configuration', () => {
  it('names every endpoint under the host that was asked, to anyone', async () => {
    const reply = await call('GET /.well-known/authzen-configuration', { token: null });
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('application/json');
    const base: string = reply.body.policy_decision_point;
    expect(base).toMatch(/^https?:\/\/[^/]+(\/[a-z]+)?$/);
    expect(reply.body).toEqual({
      policy_decision_point: base,
      access_evaluation_endpoint: `${base}/access/v1/evaluation`,
      access_evaluations_endpoint: `${base}/access/v1/evaluations`,
      search_subject_endpoint: `${base}/access/v1/search/subject`,
      search_resource_endpoint: `${base}/access/v1/search/resource`,
      search_action_endpoint: `${base}/access/v1/search/action`,
    });
    const slash = await call('GET /.well-known/authzen-configuration/', { token: null });
    expect(slash.body).toEqual(reply.body);
    const response = await fetch(reply.body.access_evaluation_endpoint, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${await sessionFor(aliceId)}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ subject: alice, action: read, resource: record1 }),
    });
    expect(await response.json()).toMatchObject({ decision: true });
  });
});
