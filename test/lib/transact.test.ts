import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DynamoDbError } from '../../lib/dynamodb/errors.ts';
import { askTable } from '../../lib/table/client.ts';
import { decideAndWrite, transact } from '../../lib/table/transact.ts';

// By a clock of the test's own, which only a pause and a try move: a slow machine makes no difference.
const pauseMs = 100;
vi.mock(import('../../lib/dynamodb/backoff.ts'), () => ({
  pause: async () => {
    vi.advanceTimersByTime(pauseMs);
  },
}));

vi.mock(import('../../lib/table/client.ts'), () => ({ askTable: vi.fn() }));
const ask = vi.mocked(askTable);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  return () => {
    vi.useRealTimers();
  };
});

const canceled = (code: string) =>
  new DynamoDbError('TransactionCanceledException', 'Transaction cancelled', 400, [code]);

/** How often a transaction is sent that each time is canceled for `Code` after `ms`; and what comes of it. */
const attempts = async (run: () => Promise<unknown>, Code: string, ms: number) => {
  ask.mockReset();
  ask.mockImplementation(async () => {
    vi.advanceTimersByTime(ms);
    throw canceled(Code);
  });
  const error = await run().catch((error: unknown) => error);
  return { sent: ask.mock.calls.length, error };
};

const write = () => transact([{ action: { Put: { TableName: 'table', Item: {} } } }]);
const decide = () => decideAndWrite(write);

describe.each([
  {
    what: 'a transaction that others stand in the way of',
    run: write,
    code: 'TransactionConflict',
  },
  { what: 'a throttled transaction', run: write, code: 'ThrottlingError' },
  { what: 'a decision that never holds', run: decide, code: 'ConditionalCheckFailed' },
])('$what', ({ run, code }) => {
  it.each([
    { ms: 0, transactions: 10, decisions: 10 },
    // The last begins in time: after 1.5 s of a transaction, 3 s of a decision.
    { ms: 150, transactions: 7, decisions: 10 },
    { ms: 500, transactions: 3, decisions: 6 },
    { ms: 4000, transactions: 1, decisions: 1 },
  ])('is tried as long as there is time, at $ms ms a try', async ({ ms, ...most }) => {
    const { sent, error } = await attempts(run, code, ms);
    expect(sent).toBe(run === write ? most.transactions : most.decisions);
    expect(error).toMatchObject({ code: 'unavailable' });
  });
});

it.each(['ValidationError', 'ItemCollectionSizeLimitExceeded', 'None'])(
  'what does not pass is not tried again: %s',
  async (code) => {
    for (const run of [write, decide]) {
      const { sent, error } = await attempts(run, code, 0);
      expect(sent).toBe(1);
      expect(error).toEqual(canceled(code));
    }
  },
);
