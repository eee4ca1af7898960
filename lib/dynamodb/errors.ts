/** DynamoDB refused a request or failed at it; `name` is what it calls the reason. */
export class DynamoDbError extends Error {
  override readonly name: string;
  readonly status: number;
  /** Of a canceled transaction: why, for each of its actions, `None` where that was not the reason. */
  readonly reasons: readonly string[];

  constructor(name: string, message: string, status: number, reasons: readonly string[] = []) {
    super(message);
    this.name = name;
    this.status = status;
    this.reasons = reasons;
  }
}

/** There was no whole answer in the time allowed. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/** (Developer guide, "Error handling with DynamoDB".) */
const passing = new Set([
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionInProgressException',
]);

/** A connection that was refused, cut or never came about, as Node calls it. */
const unconnected = /^(ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|EHOSTUNREACH|ENETUNREACH)/;

/** Whether an error is DynamoDB's being busy, slow or out of reach, so that trying again may help. */
export const isBusy = (error: unknown): boolean => {
  if (error instanceof DynamoDbError) return error.status >= 500 || passing.has(error.name);
  if (error instanceof TimeoutError) return true;
  return error instanceof Error && unconnected.test((error as NodeJS.ErrnoException).code ?? '');
};

/** Whether a single write was refused since its condition does not hold. */
export const isConditionFailed = (error: unknown): boolean =>
  error instanceof DynamoDbError && error.name === 'ConditionalCheckFailedException';
