import { ofType, type Template } from './template.ts';

/** One method of one resource, as the template declares it. */
export interface Method {
  /** `/users/{userName}` */
  resourcePath: string;
  /** GET …, or ANY for those not declared */
  httpMethod: string;
  authorizerId?: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation's integration property
  integration: any;
}

/** What a request path was matched with. Parameters are as the client sent them, percent-encoded. */
export interface Match {
  method: Method;
  pathParameters: Record<string, string> | null;
}

/** Every method of the template's API, by resource path. */
export const readMethods = (template: Template): Map<string, Method[]> => {
  const pathOf = (id: string): string => {
    const { ParentId, PathPart } = template.resources[id]?.Properties ?? {};
    return PathPart === undefined ? '' : `${pathOf(ParentId)}/${PathPart}`;
  };
  const methods = ofType(template, 'AWS::ApiGateway::Method').map(
    ([, { Properties }]): Method => ({
      resourcePath: pathOf(Properties.ResourceId) || '/',
      httpMethod: Properties.HttpMethod,
      authorizerId: Properties.AuthorizerId,
      integration: Properties.Integration,
    }),
  );
  return Map.groupBy(methods, ({ resourcePath }) => resourcePath);
};

const split = (path: string): string[] => path.replace(/^\//, '').replace(/\/$/, '').split('/');

/** How specific a part of a resource path is: text before a parameter before a greedy one. */
const rank = (part: string): number => (part.endsWith('+}') ? 2 : part.startsWith('{') ? 1 : 0);

const matchPath = (resourcePath: string, path: string): Record<string, string> | undefined => {
  const wanted = split(resourcePath);
  const given = split(path);
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index];
    if (value === undefined) return undefined;
    if (rank(part) === 2) {
      const rest = given.slice(index).join('/');
      return rest ? { ...parameters, [part.slice(1, -2)]: rest } : undefined;
    }
    if (rank(part) === 1 && value !== '') parameters[part.slice(1, -1)] = value;
    else if (part !== value) return undefined;
  }
  return wanted.length === given.length ? parameters : undefined;
};

const byRank = (a: string, b: string): number => {
  const order = (path: string) => split(path).map(rank).join('');
  return order(a) < order(b) ? -1 : 1;
};

/** Finds methods as API Gateway does: the most specific resource, then its method, then its ANY. */
export const createRouter = (methods: Map<string, Method[]>) => {
  const resources = [...methods].sort(([a], [b]) => byRank(a, b));
  return (httpMethod: string, path: string): Match | undefined => {
    for (const [resourcePath, declared] of resources) {
      const parameters = matchPath(resourcePath, path);
      if (!parameters) continue;
      const method =
        declared.find((one) => one.httpMethod === httpMethod) ??
        declared.find((one) => one.httpMethod === 'ANY');
      if (!method) return undefined;
      return {
        method,
        pathParameters: Object.keys(parameters).length > 0 ? parameters : null,
      };
    }
    return undefined;
  };
};
