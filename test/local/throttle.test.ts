import { describe, expect, it } from 'vitest';
import { createThrottle } from '../../infra/local/throttle.ts';
import { template } from '../support/template.ts';

describe('throttling', () => {
  it('lets a burst pass and then the rate, each method by itself', () => {
    let time = 0;
    const settings = {
      ResourcePath: '/*',
      HttpMethod: '*',
      ThrottlingRateLimit: 2,
      ThrottlingBurstLimit: 3,
    };
    const stage = { Type: 'AWS::ApiGateway::Stage', Properties: { MethodSettings: [settings] } };
    const mayPass = createThrottle(template({ stage }), () => time);
    const several = (method: string) => [1, 2, 3, 4].map(() => mayPass(method));
    expect(several('GET')).toEqual([true, true, true, false]);
    expect(several('PUT')).toEqual([true, true, true, false]);
    time = 500;
    expect(several('GET')).toEqual([true, false, false, false]);
    expect(createThrottle(template({}))('GET')).toBe(true);
  });
});
