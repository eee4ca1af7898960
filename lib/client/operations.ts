import type { components, paths } from './openapi.ts';

/* What each operation takes and answers, read off the types that are made of openapi.json. */

type Schemas = components['schemas'];
export type Permission = Schemas['Permission'];
export type User = Schemas['User'];
export type ApiKey = Schemas['ApiKey'];
export type AuditEvent = Schemas['AuditEvent'];

export type Method = 'get' | 'post' | 'put' | 'delete';

/** The paths that know a method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, object> ? P : never;
}[keyof paths];

type OperationOf<M extends Method, P> = P extends keyof paths
  ? paths[P] extends Record<M, infer O>
    ? O
    : never
  : never;

/** The first member of an object that is more than `never` or undefined, required as it is there. */
type Take<O, K extends string> = O extends { [Name in K]: infer V }
  ? { [Name in K]: V }
  : O extends { [Name in K]?: infer V }
    ? [Exclude<V, undefined>] extends [never]
      ? object
      : { [Name in K]?: V }
    : object;

type ParametersOf<O> = O extends { parameters: infer P }
  ? Take<P, 'path'> & Take<P, 'query'>
  : object;
type BodyOf<O> = O extends { requestBody: { content: { 'application/json': infer B } } }
  ? { body: B }
  : object;

/** Of every request. */
export interface Settings {
  signal?: AbortSignal;
  /** Send it again although it may have been done: for who can tell afterwards. Otherwise only if that is safe. */
  repeatable?: boolean;
}

/** What a request is made of: `path` parameters, `query` and `body`, as the operation takes them. */
type Request<M extends Method, P> = ParametersOf<OperationOf<M, P>> &
  BodyOf<OperationOf<M, P>> &
  Settings;

/** Arguments of a call: nothing need be said where nothing is needed. */
export type Given<M extends Method, P> =
  Partial<Request<M, P>> extends Request<M, P>
    ? [request?: Request<M, P>]
    : [request: Request<M, P>];

type Json<R> = R extends { content: { 'application/json': infer B } } ? B : undefined;
type Responses<O> = O extends { responses: infer R } ? R : never;
type Success<R> = R extends { 200: infer A } ? A : R extends { 201: infer A } ? A : never;

/** What an operation answers when it is done; undefined where that is nothing. */
export type Answer<M extends Method, P> = [Success<Responses<OperationOf<M, P>>>] extends [never]
  ? undefined
  : Json<Success<Responses<OperationOf<M, P>>>>;

/** What an answer lists: itself, or the permissions that it has. */
type Listed<A> = A extends readonly (infer I)[]
  ? I
  : A extends { permissions: readonly (infer I)[] }
    ? I
    : never;

/** The paths that answer a list, a page at a time, and an item of it. */
export type ListPath = {
  [P in PathOf<'get'>]: [Listed<Answer<'get', P>>] extends [never] ? never : P;
}[PathOf<'get'>];
export type Item<P> = Listed<Answer<'get', P>>;

export interface Page<I> {
  items: I[];
  /** Asks for the page after this one, as often as it takes; undefined if this is the last. */
  next: (() => Promise<Page<I>>) | undefined;
}
