import { describe, expect, it } from 'vitest';
import { createThrottle } from '../../infra/local/throttle.ts';
import { template } from '../support/template.ts';

const setting = (ResourcePath: string, HttpMethod: string, burst: number, rate = 1) => ({
  ...{ ResourcePath, HttpMethod },
  ...{ ThrottlingBurstLimit: burst, ThrottlingRateLimit: rate },
});

const stageWith = (...MethodSettings: object[]) =>
  template({ stage: { Type: 'AWS::ApiGateway::Stage', Properties: { MethodSettings } } });

describe('throttling', () => {
  it('lets a burst pass and then the rate, each method by itself', () => {
    let time = 0;
    const mayPass = createThrottle(stageWith(setting('/*', '*', 3, 2)), () => time);
    const several = (method: string) => [1, 2, 3, 4].map(() => mayPass(method));
    expect(several('GET /users')).toEqual([true, true, true, false]);
    expect(several('PUT /users')).toEqual([true, true, true, false]);
    expect(several('GET /users/me')).toEqual([true, true, true, false]);
    time = 500;
    expect(several('GET /users')).toEqual([true, false, false, false]);
  });

  it('never saves up more than a burst', () => {
    let time = 0;
    const mayPass = createThrottle(stageWith(setting('/*', '*', 2, 10)), () => time);
    time = 3_600_000;
    expect([1, 2, 3].map(() => mayPass('GET /'))).toEqual([true, true, false]);
  });

  it('is not done without settings', () => {
    expect(createThrottle(template({}))('GET /users')).toBe(true);
    expect(createThrottle(stageWith())('GET /users')).toBe(true);
    const logged = { ResourcePath: '/*', HttpMethod: '*', DataTraceEnabled: false };
    expect(createThrottle(stageWith(logged))('GET /users')).toBe(true);
  });

  const passing = (mayPass: (method: string) => boolean, method: string): number => {
    let count = 0;
    while (count < 20 && mayPass(method)) count += 1;
    return count;
  };

  it('takes the setting of the method itself, of its path, of the method anywhere, of all', () => {
    const settings = [
      setting('/*', '*', 9),
      setting('/*', 'PUT', 7),
      setting('/~1api~1v1~1sessions', '*', 5),
      setting('/~1api~1v1~1sessions', 'POST', 3),
      setting('/~1', 'GET', 2),
      setting('/~1a~0b~1{name}', 'GET', 1),
    ];
    // In whatever order they stand.
    for (const order of [settings, settings.toReversed()]) {
      const mayPass = createThrottle(stageWith(...order), () => 0);
      expect(passing(mayPass, 'POST /api/v1/sessions')).toBe(3);
      expect(passing(mayPass, 'PUT /api/v1/sessions')).toBe(5);
      expect(passing(mayPass, 'PUT /api/v1/users')).toBe(7);
      expect(passing(mayPass, 'POST /api/v1/users')).toBe(9);
      expect(passing(mayPass, 'POST /api/v1/sessions/current')).toBe(9);
      expect(passing(mayPass, 'GET /')).toBe(2);
      expect(passing(mayPass, 'GET /a~b/{name}')).toBe(1);
    }
  });

  it('refills a method at its own rate', () => {
    let time = 0;
    const settings = [setting('/*', '*', 9, 9), setting('/~1login', 'POST', 2, 1)];
    const mayPass = createThrottle(stageWith(...settings), () => time);
    expect(passing(mayPass, 'POST /login')).toBe(2);
    expect(passing(mayPass, 'GET /login')).toBe(9);
    time = 1000;
    expect(passing(mayPass, 'POST /login')).toBe(1);
    expect(passing(mayPass, 'GET /login')).toBe(9);
  });
});
