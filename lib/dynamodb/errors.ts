/** DynamoDB refused a request or failed at it; `name` is what it calls the reason. */
export class DynamoDbError extends Error {
  override readonly name: string;
  /** HTTP's; 200 of an answer that cannot be read. */
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

/** There was no connection, or it was lost before an answer; `name` is what Node calls the reason. */
export class ConnectionError extends Error {
  override readonly name: string;

  constructor(cause: NodeJS.ErrnoException) {
    super(cause.message, { cause });
    this.name = cause.code ?? cause.name;
  }
}

/** There was no whole answer in the time allowed. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/** Refusals, 400 each, that another try may not meet (developer guide, "Error handling with DynamoDB"). */
const passing = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionInProgressException',
]);

/** Of a connection, what another try may not meet; not, for one, a certificate that cannot be trusted. */
const unconnected =
  /^(ECONN|EPIPE$|ETIMEDOUT$|EAI_AGAIN$|ENOTFOUND$|EHOSTUNREACH$|ENETUNREACH$|HPE_)/;

/** Whether an error is DynamoDB's being busy, slow or out of reach, so that trying again may help. */
export const isBusy = (error: unknown): boolean => {
  if (error instanceof DynamoDbError) {
    const { name, status } = error;
    return status === 200 || status === 429 || status >= 500 || passing.has(name);
  }
  if (error instanceof ConnectionError) return unconnected.test(error.name);
  return error instanceof TimeoutError;
};

/** Whether a single write was refused since its condition does not hold. */
export const isConditionFailed = (error: unknown): boolean =>
  error instanceof DynamoDbError && error.name === 'ConditionalCheckFailedException';
