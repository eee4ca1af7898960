import { expect, inject, it, onTestFinished } from 'vitest';
import { type LambdaFunction, readFunctions } from '../../infra/local/functions.ts';
import { createInvoker } from '../../infra/local/invoker.ts';
import { readTemplate } from '../../infra/local/template.ts';
import { freshName } from '../support/api.ts';
import { readItem, startTableProxy } from '../support/table.ts';

/** The bootstrap function, which reads and writes, with its policies changed, before a table that is watched. */
const startBootstrap = async (change: (fn: LambdaFunction) => LambdaFunction['statements']) => {
  const { local } = inject('target');
  if (!local) throw new Error('This needs the local stack.');
  const all = readFunctions(readTemplate(local.assembly, 'bailiwick-dev'));
  const [id, fn] = [...all].find(([id]) => id.startsWith('Bootstrap')) ?? [];
  if (!id || !fn) throw new Error('There is no bootstrap function.');
  const proxy = await startTableProxy();
  onTestFinished(proxy.close);
  const invoker = createInvoker(new Map([[id, { ...fn, statements: change(fn) }]]), () => ({
    AWS_ACCESS_KEY_ID: id,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'us-east-1',
    TABLE_ENDPOINT: proxy.endpoint,
    BCRYPT_COST: '4',
  }));
  onTestFinished(async () => {
    await invoker.close();
  });
  const username = freshName('boot');
  return {
    proxy,
    username,
    invoke: () => invoker.invoke(id, { username }),
  };
};

it('lets out what the policies of the function allow', async () => {
  const { invoke, proxy, username } = await startBootstrap(({ statements }) => statements);
  expect(await invoke()).toMatchObject({ username });
  expect(proxy.take().map(({ operation }) => operation)).toEqual([
    'TransactGetItems',
    'TransactWriteItems',
  ]);
});

it('refuses what they do not, before it reaches the table, and does not try again', async () => {
  const { invoke, proxy, username } = await startBootstrap(({ statements }) =>
    statements.map((statement) => ({
      ...statement,
      Action: [statement.Action].flat().filter((action) => action !== 'dynamodb:PutItem'),
    })),
  );
  await expect(invoke()).rejects.toThrow(
    /is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:/,
  );
  expect(proxy.take().map(({ operation }) => operation)).toEqual(['TransactGetItems']);
  expect(await readItem(username, '#USER')).toBeUndefined();
});

it('refuses all without a policy', async () => {
  const { invoke, proxy } = await startBootstrap(() => []);
  await expect(invoke()).rejects.toThrow('dynamodb:GetItem');
  expect(proxy.take()).toEqual([]);
});
