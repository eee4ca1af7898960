import { describe, expect, it } from 'vitest';
import { forPeople } from '../../infra/local/log.ts';

const time = '2026-11-25T01:59:54.875Z';
const json = (fields: object): string => JSON.stringify({ level: 'info', time, ...fields });

describe('a line of the log for people', () => {
  it.each([
    [
      'a request',
      json({
        message: 'request',
        operation: 'users.me',
        request_id: 'r',
        lambda_request_id: 'l',
        user_id: 'u',
        status: 200,
        duration_ms: 33,
      }),
      '01:59:54.875 info  users.me               200 33 ms  request_id=r user_id=u',
    ],
    [
      'a failure, with where it was',
      json({
        level: 'error',
        message: 'It failed',
        error: { name: 'TypeError', stack: '    at lib/a.ts:1:2', cause: 'RangeError' },
      }),
      '01:59:54.875 error It failed TypeError (RangeError) \n    at lib/a.ts:1:2',
    ],
    ['a text', 'X is not authorized', 'X is not authorized'],
    ['other JSON', '{"a":1}', '{"a":1}'],
    ['a word of JSON', 'null', 'null'],
  ])('%s', (_, line, shown) => {
    expect(forPeople(line)).toBe(shown);
  });
});
