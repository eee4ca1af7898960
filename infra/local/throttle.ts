import { ofType, type Template } from './template.ts';

interface MethodSetting {
  /** As CloudFormation writes it: a slash, then the path with its own slashes as `~1`. */
  ResourcePath: string;
  HttpMethod: string;
  ThrottlingRateLimit?: number;
  ThrottlingBurstLimit?: number;
}

/** The path of a setting as a method's is written: `/~1users~1me` is `/users/me`, `/*` every one. */
const pathOf = ({ ResourcePath }: MethodSetting): string =>
  ResourcePath.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');

/** The one setting for a method: its own goes before one for all of its path, and that before one for all. */
const settingOf = (
  settings: readonly MethodSetting[],
  httpMethod: string,
  resourcePath: string,
): MethodSetting | undefined => {
  const find = (path: string, method: string) =>
    settings.find((one) => pathOf(one) === path && one.HttpMethod === method);
  return (
    find(resourcePath, httpMethod) ??
    find(resourcePath, '*') ??
    find('*', httpMethod) ??
    find('*', '*')
  );
};

/**
 * API Gateway's token bucket for each method (developer guide, "Throttle requests"): `burst` requests at
 * once, refilled at `rate` a second. Without settings nothing is throttled.
 */
export const createThrottle = (template: Template, now: () => number = () => performance.now()) => {
  const settings: MethodSetting[] = ofType(template, 'AWS::ApiGateway::Stage').flatMap(
    ([, { Properties }]) => Properties.MethodSettings ?? [],
  );
  const createBucket = (httpMethod: string, resourcePath: string) => {
    const setting = settingOf(settings, httpMethod, resourcePath);
    const rate = setting?.ThrottlingRateLimit ?? Number.POSITIVE_INFINITY;
    const burst = setting?.ThrottlingBurstLimit ?? Number.POSITIVE_INFINITY;
    return { rate, burst, tokens: burst, at: now() };
  };
  const buckets = new Map<string, ReturnType<typeof createBucket>>();
  /** Whether a request to this method, as `POST /users/{userName}`, may pass now. */
  return (method: string): boolean => {
    const [httpMethod = '', resourcePath = ''] = method.split(' ');
    const bucket = buckets.get(method) ?? createBucket(httpMethod, resourcePath);
    buckets.set(method, bucket);
    if (bucket.burst === Number.POSITIVE_INFINITY) return true;
    const time = now();
    const refill = ((time - bucket.at) / 1000) * bucket.rate;
    bucket.tokens = Math.min(bucket.burst, bucket.tokens + refill);
    bucket.at = time;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  };
};
