import { describe, expect, it } from 'vitest';
import { createRouter, type Method } from '../../infra/local/routes.ts';

describe('routing', () => {
  const declared: [string, string][] = [
    ['/', 'ANY'],
    ['/{proxy+}', 'ANY'],
    ['/users', 'GET'],
    ['/users/me', 'GET'],
    ['/users/{userName}', 'GET'],
    ['/users/{userName}', 'ANY'],
    ['/users/{userName}/password', 'PUT'],
  ];
  const methods = declared.map(
    ([resourcePath, httpMethod]): Method => ({
      resourcePath,
      httpMethod,
      integration: {},
    }),
  );
  const route = createRouter(Map.groupBy(methods, ({ resourcePath }) => resourcePath));

  it.each<[string, string, string | undefined, object | null]>([
    ['GET', '/users', 'GET /users', null],
    ['GET', '/users/', 'GET /users', null],
    ['GET', '/users/me', 'GET /users/me', null],
    ['POST', '/users/me', undefined, null],
    ['GET', '/users/bob', 'GET /users/{userName}', { userName: 'bob' }],
    ['GET', '/users/a%2Fb%20c', 'GET /users/{userName}', { userName: 'a%2Fb%20c' }],
    ['POST', '/users/bob', 'ANY /users/{userName}', { userName: 'bob' }],
    ['PUT', '/users/bob/password', 'PUT /users/{userName}/password', { userName: 'bob' }],
    ['GET', '/users/bob/password', undefined, null],
    ['GET', '/users/bob/x', 'ANY /{proxy+}', { proxy: 'users/bob/x' }],
    ['GET', '/users//password', 'ANY /{proxy+}', { proxy: 'users//password' }],
    ['GET', '/Users', 'ANY /{proxy+}', { proxy: 'Users' }],
    ['GET', '/', 'ANY /', null],
  ])('%s %s goes to %s', (method, path, goes, parameters) => {
    const match = route(method, path);
    expect(match && `${match.method.httpMethod} ${match.method.resourcePath}`).toBe(goes);
    if (match) expect(match.pathParameters).toEqual(parameters);
  });
});
