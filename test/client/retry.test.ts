import { describe, expect, it } from 'vitest';
import type { Method } from '../../lib/client/operations.ts';
import { isRepeatable, waitBefore } from '../../lib/client/retry.ts';

const patience = { tries: 5, totalMs: 60_000 };
const first = { status: 503, repeatable: true, attempt: 1, elapsedMs: 0 };

describe('how long to wait before the next try', () => {
  it.each([
    { of: 'trouble', failure: {}, random: 1, wait: 250 },
    { of: 'trouble, at least half of it', failure: {}, random: 0, wait: 125 },
    { of: 'the third trouble', failure: { attempt: 3 }, random: 1, wait: 1000 },
    { of: 'no answer', failure: { status: 0 }, random: 1, wait: 250 },
    { of: '502', failure: { status: 502 }, random: 1, wait: 250 },
    { of: '504', failure: { status: 504 }, random: 1, wait: 250 },
    { of: 'what Retry-After says', failure: { retryAfter: 7 }, random: 1, wait: 7000 },
    { of: 'no less for saying 0', failure: { retryAfter: 0 }, random: 1, wait: 250 },
    { of: 'longer than it says', failure: { retryAfter: 1, attempt: 4 }, random: 1, wait: 2000 },
    { of: '429 of any request', failure: { status: 429, repeatable: false }, random: 1, wait: 250 },
    { of: 'trouble not to repeat', failure: { repeatable: false }, random: 1, wait: undefined },
    { of: 'no answer not to repeat', failure: { status: 0, repeatable: false }, wait: undefined },
    { of: '500', failure: { status: 500 }, wait: undefined },
    { of: '400', failure: { status: 400 }, wait: undefined },
    { of: '401', failure: { status: 401 }, wait: undefined },
    { of: '409', failure: { status: 409 }, wait: undefined },
    { of: 'the last try', failure: { attempt: 5 }, wait: undefined },
    { of: 'more than there is time', failure: { retryAfter: 61 }, wait: undefined },
    { of: 'time that is over', failure: { elapsedMs: 59_900 }, random: 1, wait: undefined },
    { of: 'time that is just enough', failure: { elapsedMs: 59_750 }, random: 1, wait: 250 },
  ])('$of: $wait', ({ failure, random = 0.5, wait }) => {
    expect(waitBefore({ ...first, ...failure }, patience, random)).toBe(wait);
  });

  it('grows no longer than 20 s', () => {
    const long = { tries: 50, totalMs: 1e9 };
    expect(waitBefore({ ...first, attempt: 40 }, long, 1)).toBe(20_000);
  });
});

describe('what may be sent again when it may have been done', () => {
  const user = '/api/v1/users/{userName}';
  it.each<[Method, string, unknown, boolean]>([
    ['get', user, undefined, true],
    ['delete', user, undefined, true],
    ['post', `${user}/permissions`, {}, true],
    ['post', '/access/v1/evaluation', {}, true],
    ['put', `${user}/password`, { new_password: 'x' }, true],
    ['put', `${user}/password`, { new_password: 'x', current_password: 'y' }, false],
    ['post', user, {}, false],
    ['post', `${user}/api-keys`, {}, false],
    ['post', '/api/v1/sessions', {}, false],
  ])('%s %s %j: %s', (method, path, body, repeatable) => {
    expect(isRepeatable(method, path, body)).toBe(repeatable);
  });
});
