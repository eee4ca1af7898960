import { describe, expect, it } from 'vitest';
import { accessesOf, firstDenied } from '../../infra/local/iam.ts';

describe('IAM on the table', () => {
  const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/T';
  const key = { TableName: 'T' };
  const may = (actions: string[], resource = table) => [
    { Effect: 'Allow', Action: actions.map((action) => `dynamodb:${action}`), Resource: resource },
  ];

  it.each<[string, object, string[]]>([
    ['GetItem', key, [`GetItem ${table}`]],
    ['Query', { ...key, IndexName: 'gsi1' }, [`Query ${table}/index/gsi1`]],
    [
      'BatchGetItem',
      { RequestItems: { T: {}, U: {} } },
      [`BatchGetItem ${table}`, `BatchGetItem ${table.replace(/T$/, 'U')}`],
    ],
    ['TransactGetItems', { TransactItems: [{ Get: key }] }, [`GetItem ${table}`]],
    [
      'TransactWriteItems',
      { TransactItems: [{ Put: key }, { ConditionCheck: key }, { Delete: key }, { Update: key }] },
      ['PutItem', 'ConditionCheckItem', 'DeleteItem', 'UpdateItem'].map((one) => `${one} ${table}`),
    ],
  ])('%s needs what it does', (operation, request, needs) => {
    const accesses = accessesOf(operation, request);
    expect(accesses.map(({ action, resource }) => `${action} ${resource}`)).toEqual(needs);
    const actions = accesses.map(({ action }) => action);
    const all = [...new Set(accesses.map(({ resource }) => resource))].flatMap((resource) =>
      may(actions, resource),
    );
    expect(firstDenied(all, operation, request)).toBeUndefined();
    for (const left of actions) {
      const rest = may(actions.filter((action) => action !== left));
      expect(firstDenied(rest, operation, request)).toBeDefined();
    }
    expect(firstDenied([], operation, request)).toBeDefined();
  });

  it('takes no grant on the table for one on its index, nor the other way round', () => {
    const query = { ...key, IndexName: 'gsi1' };
    expect(firstDenied(may(['Query']), 'Query', query)).toBeDefined();
    expect(firstDenied(may(['Query'], `${table}/index/gsi1`), 'Query', key)).toBeDefined();
  });
});
