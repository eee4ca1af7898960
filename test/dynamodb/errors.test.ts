import { expect, it } from 'vitest';
import {
  ConnectionError,
  DynamoDbError,
  isBusy,
  isConditionFailed,
  TimeoutError,
} from '../../lib/dynamodb/errors.ts';

const lost = (code: string) => new ConnectionError(Object.assign(new Error('x'), { code }));

it.each([
  ...[
    ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN'],
    ...['ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'HPE_INVALID_CONSTANT'],
  ].map((code) => ({ error: lost(code), busy: true })),
  ...['DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED'].map(
    (code) => ({ error: lost(code), busy: false }),
  ),
  { error: new ConnectionError(new TypeError('x')), busy: false },
  { error: new TimeoutError('x'), busy: true },
  { error: new DynamoDbError('ThrottlingException', 'x', 400), busy: true },
  { error: new DynamoDbError('ValidationException', 'x', 400), busy: false },
  { error: new DynamoDbError('UnknownError', 'x', 404), busy: false },
  { error: new DynamoDbError('UnknownError', 'x', 503), busy: true },
  { error: Object.assign(new Error('x'), { code: 'ECONNRESET' }), busy: false },
  { error: 'ThrottlingException', busy: false },
])('takes $error for busy: $busy', ({ error, busy }) => {
  expect(isBusy(error)).toBe(busy);
  expect(isConditionFailed(error)).toBe(false);
});

it('calls a lost connection what Node does, for the log', () => {
  expect(lost('ECONNRESET').name).toBe('ECONNRESET');
  expect(new ConnectionError(new TypeError('x')).name).toBe('TypeError');
});
