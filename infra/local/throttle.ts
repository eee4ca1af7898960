import { ofType, type Template } from './template.ts';

/**
 * API Gateway's token bucket for each method (developer guide, "Throttle requests"): `burst` requests at
 * once, refilled at `rate` a second. Without settings nothing is throttled.
 */
export const createThrottle = (template: Template, now: () => number = () => performance.now()) => {
  const settings = ofType(template, 'AWS::ApiGateway::Stage').flatMap(
    ([, { Properties }]) => Properties.MethodSettings ?? [],
  );
  const everywhere = settings.find(
    (one: { ResourcePath: string; HttpMethod: string }) =>
      one.ResourcePath === '/*' && one.HttpMethod === '*',
  );
  const rate: number = everywhere?.ThrottlingRateLimit ?? Number.POSITIVE_INFINITY;
  const burst: number = everywhere?.ThrottlingBurstLimit ?? Number.POSITIVE_INFINITY;
  const buckets = new Map<string, { tokens: number; at: number }>();
  /** Whether a request to this method may pass now. */
  return (method: string): boolean => {
    const bucket = buckets.get(method) ?? { tokens: burst, at: now() };
    buckets.set(method, bucket);
    const time = now();
    if (burst === Number.POSITIVE_INFINITY) return true;
    bucket.tokens = Math.min(burst, bucket.tokens + ((time - bucket.at) / 1000) * rate);
    bucket.at = time;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  };
};
