import { describe, expect, it } from 'vitest';
import { isAllowed } from '../../infra/local/policy.ts';

const arn = 'arn:aws:execute-api:us-east-1:000000000000:api/dev';

describe('policy', () => {
  it.each<[string, string, boolean]>([
    [`${arn}/*`, `${arn}/GET/api/v1/users`, true],
    [`${arn}/GET/api/v1/users`, `${arn}/GET/api/v1/users`, true],
    [`${arn}/GET/api/v1/users`, `${arn}/GET/api/v1/users/me`, false],
    [`${arn}/GET/*`, `${arn}/POST/api/v1/users`, false],
    [`${arn}/GET/a?c`, `${arn}/GET/abc`, true],
    [`${arn}/GET/a?c`, `${arn}/GET/ac`, false],
    [`${arn}/GET/a.c`, `${arn}/GET/abc`, false],
    ['*', `${arn}/GET/`, true],
    ['', `${arn}/GET/`, false],
  ])('a grant on %s for %s: %s', (resource, asked, allowed) => {
    const statement = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: resource };
    expect(isAllowed([statement], 'execute-api:Invoke', asked)).toBe(allowed);
    const deny = { ...statement, Effect: 'Deny', Resource: '*' };
    expect(isAllowed([statement, deny], 'execute-api:Invoke', asked)).toBe(false);
    expect(isAllowed([{ ...statement, Condition: {} }], 'execute-api:Invoke', asked)).toBe(false);
    expect(isAllowed([{ ...statement, Action: 'lambda:*' }], 'execute-api:Invoke', asked)).toBe(
      false,
    );
  });
});
