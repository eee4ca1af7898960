import { afterAll, inject, vi } from 'vitest';

/** Lets a test run `lib` itself, against the table behind an endpoint, as a function would. */
export const stubFunctionEnv = (endpoint: string): void => {
  vi.stubEnv('TABLE_ENDPOINT', endpoint);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('TABLE_NAME', inject('target').local?.table);
  vi.stubEnv('BCRYPT_COST', '4');
  vi.stubEnv('FAILED_LOGIN_MS', '0');
  vi.stubEnv('PASSWORD_MIN_LENGTH', '8');
  vi.stubEnv('AUDIT_RETENTION_DAYS', '400');
  afterAll(() => {
    vi.unstubAllEnvs();
  });
};
