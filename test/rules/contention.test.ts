import { expect, it } from 'vitest';
import {
  call,
  createUser,
  expecting,
  keyFor,
  permissions,
  sessionFor,
  users,
} from '../support/api.ts';
import { startProxiedStack } from '../support/stack.ts';
import { readItem } from '../support/table.ts';
import { failing, type Instead, type TableRequest } from '../support/table-proxy.ts';

const canceled = (...codes: string[]): Instead => ({
  status: 400,
  body: {
    __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
    message: 'Transaction cancelled',
    CancellationReasons: codes.map((Code) => ({ Code })),
  },
});
const grant = permissions(['table', 'orders', 'read'])[0];

it('retries a transaction that others stand in the way of, with the same token, and nothing else', async () => {
  let answers: Instead[] = [];
  const isWrite = ({ operation }: TableRequest) => operation === 'TransactWriteItems';
  const { proxy, call: callHere } = await startProxiedStack((seen) =>
    isWrite(seen) ? answers.shift() : undefined,
  );
  /** Grants with the first tries answered so; what came of it, and the tries' tokens. */
  const grantWith = async (...first: Instead[]) => {
    const name = await createUser();
    answers = first;
    proxy.take();
    const { status, headers } = await callHere(`POST ${users}/${name}/permissions`, {
      body: grant,
    });
    const tries = proxy
      .take()
      .filter(isWrite)
      .map(({ body }) => body.ClientRequestToken);
    const { body } = await call(`GET ${users}/${name}/permissions`);
    return { status, retryAfter: headers.get('retry-after'), tries, granted: body.length };
  };

  for (const code of ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']) {
    const reply = await grantWith(canceled('None', code), canceled(code, 'None'));
    expect(reply).toMatchObject({ status: 201, granted: 1 });
    expect(reply.tries).toHaveLength(3);
    expect(new Set(reply.tries).size, code).toBe(1);
  }

  // A condition that does not hold is decided anew: another decision, another token.
  const stale = await grantWith(canceled('TransactionConflict', 'ConditionalCheckFailed'));
  expect(stale).toMatchObject({ status: 201, granted: 1 });
  expect(new Set(stale.tries).size).toBe(2);

  const endless = await grantWith(...Array(30).fill(canceled('TransactionConflict')));
  expect(endless).toMatchObject({ status: 503, retryAfter: '1', granted: 0 });
  // How often, by the clock: test/lib/transact.test.ts.
  expect(endless.tries.length).toBeGreaterThan(2);
  expect(endless.tries.length).toBeLessThanOrEqual(10);
  expect(new Set(endless.tries).size).toBe(1);

  for (const first of [
    canceled('ValidationError'),
    canceled('ItemCollectionSizeLimitExceeded'),
    failing('ValidationException'),
    failing('AccessDeniedException'),
  ]) {
    const reply = await grantWith(first);
    expect(reply, JSON.stringify(first)).toMatchObject({ status: 500, granted: 0 });
    expect(reply.tries).toHaveLength(1);
  }
});

it('gives up a decision that never holds', async () => {
  const { proxy, call: callHere } = await startProxiedStack(({ operation }) =>
    operation === 'TransactWriteItems' ? canceled('ConditionalCheckFailed') : undefined,
  );
  const name = await createUser();
  const reply = await callHere(`POST ${users}/${name}/permissions`, { body: grant });
  expect(reply.status).toBe(503);
  const writes = proxy.take().filter(({ operation }) => operation === 'TransactWriteItems');
  const decisions = new Set(writes.map(({ body }) => body.ClientRequestToken)).size;
  expect(decisions).toBeGreaterThan(2);
  expect(decisions).toBeLessThanOrEqual(10);
});

it('notes the use of a key once, of a session never, and of a key that is gone nothing', async () => {
  let gone = async () => {};
  const { proxy, call: callHere } = await startProxiedStack(async ({ operation }) => {
    if (operation === 'UpdateItem') await gone();
    return undefined;
  });
  const name = await createUser();
  const notes = () => proxy.take().filter(({ operation }) => operation === 'UpdateItem').length;
  await callHere(`GET ${users}/me`, { token: await sessionFor(name) });
  expect(notes()).toBe(0);
  const { encoded: token, key_id } = await keyFor(name);
  await callHere(`GET ${users}/me`, { token });
  expect(notes()).toBe(1);
  // In another gateway's cache, as it were.
  await call(`GET ${users}/me`, { token });
  expect(notes()).toBe(0);
  const remove = (id: string) => expecting(204, call(`DELETE ${users}/${name}/api-keys/${id}`));
  // A note waits half a second: the function that deletes has to be awake by then.
  await remove((await keyFor(name)).key_id);
  const other = await keyFor(name);
  gone = () => remove(other.key_id);
  expect((await callHere(`GET ${users}/me`, { token: other.encoded })).status).toBe(401);
  expect(notes()).toBe(1);
  expect(await readItem(name, `TOKEN#${other.key_id}`)).toBeUndefined();
  expect(await readItem(name, `TOKEN#${key_id}`)).toHaveProperty('last_used_at');
});

it('does not wait for the note of a use', async () => {
  const { call: callHere } = await startProxiedStack(async ({ operation }) => {
    if (operation === 'UpdateItem') await new Promise((resolve) => setTimeout(resolve, 6000));
    return undefined;
  });
  const { encoded: token } = await keyFor(await createUser());
  const started = Date.now();
  expect((await callHere(`GET ${users}/me`, { token })).status).toBe(200);
  // Less than the wait, more than any machine's moods.
  expect(Date.now() - started).toBeLessThan(5000);
});

it('answers though the use of a key cannot be noted, and notes it next time', async () => {
  let fails = true;
  const { proxy, call: callHere } = await startProxiedStack(({ operation }) =>
    fails && operation === 'UpdateItem' ? failing('InternalServerError', 500) : undefined,
  );
  const name = await createUser();
  const key = await keyFor(name);
  const other = await keyFor(name);
  expect((await callHere(`GET ${users}/me`, { token: key.encoded })).status).toBe(200);
  const keys = () => expecting(200, call(`GET ${users}/${name}/api-keys`));
  expect((await keys())[0]).not.toHaveProperty('last_used_at');
  expect(proxy.take().some(({ operation }) => operation === 'UpdateItem')).toBe(true);
  fails = false;
  expect((await callHere(`GET ${users}/me`, { token: other.encoded })).status).toBe(200);
  expect((await keys())[1]).toHaveProperty('last_used_at');
});

it('refuses though the refusal cannot be recorded', async () => {
  const { call: callHere } = await startProxiedStack(({ operation }) =>
    operation === 'TransactWriteItems' ? failing('InternalServerError', 500) : undefined,
  );
  const name = await createUser();
  const { encoded: token } = await keyFor(name);
  const reply = await callHere(`POST ${users}/${name}/permissions`, { token, body: grant });
  expect(reply).toMatchObject({
    status: 403,
    body: { error: expect.stringContaining('admin on') },
  });
});
