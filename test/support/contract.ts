import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import document from '../../openapi.json' with { type: 'json' };

/* Holds what is sent and answered against the OpenAPI document, as strictly as it can be read. */

export { document };

// biome-ignore lint/suspicious/noExplicitAny: whatever stands at a place of the document
type Json = any;

const ajv = new Ajv2020({ strict: true, strictRequired: false });
addFormats.default(ajv);
ajv.addVocabulary(Object.keys(document));
ajv.addSchema(document, 'openapi');

const escaped = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1');
const compiled = new Map<string, ValidateFunction>();

/** Checks values against the schema at a place of the document; each is compiled once, when it is needed. */
const validatorAt = (...place: string[]): ValidateFunction => {
  const pointer = place.map((part) => `/${escaped(part)}`).join('');
  const found = compiled.get(pointer) ?? ajv.compile({ $ref: `openapi#${encodeURI(pointer)}` });
  compiled.set(pointer, found);
  return found;
};

/** What is wrong with a value by the schema at a place; undefined for nothing. */
export const faultAt = (value: unknown, ...place: string[]): string | undefined => {
  const validate = validatorAt(...place);
  return validate(value) ? undefined : ajv.errorsText(validate.errors);
};

interface Parameter {
  name: string;
  in: 'path' | 'query';
  required: boolean;
  schema: Json;
  example?: unknown;
}

/** An operation as the document has it, and where. */
export interface Operation {
  method: string;
  path: string;
  place: string[];
  parameters: readonly Parameter[];
  json: Json;
}

export const operations: readonly Operation[] = Object.entries<Json>(document.paths).flatMap(
  ([path, methods]) =>
    Object.entries<Json>(methods).map(([method, json]) => ({
      method: method.toUpperCase(),
      path,
      place: ['paths', path, method],
      parameters: json.parameters ?? [],
      json,
    })),
);

const isParameter = (part: string) => part.startsWith('{');

/** The values of a path's parameters, as they were sent; undefined for another path. */
const matchPath = (template: string, path: string): Record<string, string> | undefined => {
  const [wanted, given] = [template.split('/'), path.replace(/\/$/, '').split('/')];
  const fits = wanted.every((part, n) => (isParameter(part) ? given[n] : part === given[n]));
  if (!fits || wanted.length !== given.length) return undefined;
  const values = wanted.flatMap((part, n) =>
    isParameter(part) ? [[part.slice(1, -1), given[n] ?? '']] : [],
  );
  return Object.fromEntries(values);
};

/** As API Gateway does, a path of fewer parameters goes first: `/users/me` before `/users/{userName}`. */
const paths = Object.keys(document.paths).toSorted(
  (a, b) => a.split('{').length - b.split('{').length,
);

/** The operation that a request is for, and the parameters in its path. */
export const operationOf = (method: string, path: string) => {
  for (const template of paths) {
    const values = matchPath(template, path);
    if (!values) continue;
    const operation = operations.find((one) => one.path === template && one.method === method);
    return operation && { operation, values };
  }
  return undefined;
};

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** A parameter's text as a value of its type: `10` is a number, `010` is none. */
const typed = ({ schema }: Parameter, text: string): unknown =>
  schema.type === 'integer' && String(Number(text)) === text ? Number(text) : text;

/** A request, its body parsed: undefined for none. */
export interface Sent {
  method: string;
  url: URL;
  body: unknown;
}

/** Why the document does not allow a request; undefined if it does, or has no such operation. */
export const faultOfRequest = ({ method, url, body }: Sent): string | undefined => {
  const found = operationOf(method, url.pathname);
  if (!found) return undefined;
  const { place, parameters, json } = found.operation;
  for (const [index, parameter] of parameters.entries()) {
    const text =
      parameter.in === 'path'
        ? decoded(found.values[parameter.name] ?? '')
        : (url.searchParams.get(parameter.name) ?? undefined);
    if (text === undefined) {
      if (parameter.required) return `${parameter.name} is missing`;
      continue;
    }
    const at = [...place, 'parameters', String(index), 'schema'];
    const fault = faultAt(typed(parameter, text), ...at);
    if (fault) return `${parameter.name}: ${fault}`;
  }
  if (!json.requestBody) return undefined;
  return faultAt(body, ...place, 'requestBody', 'content', 'application/json', 'schema');
};

/** Where a response is described, be it among the components. */
const placeOf = ({ place, json }: Operation, status: number): string[] | undefined => {
  const response = json.responses[status];
  return response?.$ref
    ? response.$ref.split('/').slice(1)
    : response && [...place, 'responses', `${status}`];
};

const at = (place: readonly string[]): Json =>
  place.reduce<Json>((json, part) => json?.[part], document);

export interface Answered {
  status: number;
  headers: Headers;
  /** Parsed; undefined for none. */
  body: unknown;
}

/** Headers that mean something to who reads an answer, so that none may come that is not said. */
const telling = ['Link', 'Retry-After', 'WWW-Authenticate'];

const faultOfHeaders = (described: Record<string, Json>, headers: Headers): string | undefined => {
  for (const name of new Set([...telling, ...Object.keys(described)])) {
    const value = headers.get(name);
    const place = described[name]?.$ref.split('/').slice(1);
    if (!place && value !== null) return `the header ${name} is not described`;
    if (!place) continue;
    if (value === null && at(place).required) return `the header ${name} is missing`;
    const fault = value === null ? undefined : faultAt(value, ...place, 'schema');
    if (fault) return `the header ${name}: ${fault}`;
  }
  return undefined;
};

/** Why an answer is not what the document says; undefined if it is. */
const faultOfAnswer = (
  { method, url }: Pick<Sent, 'method' | 'url'>,
  { status, headers, body }: Answered,
): string | undefined => {
  const operation = operationOf(method, url.pathname)?.operation;
  if (!operation) {
    if (status !== 404) return `${status} of a path or method that is not described`;
    return faultAt(body, 'components', 'schemas', 'Error');
  }
  const place = placeOf(operation, status);
  if (!place) return `the status ${status} is not described`;
  const { content, headers: described } = at(place);
  const fault = faultOfHeaders(described, headers);
  if (fault) return fault;
  if (!content) return body === undefined ? undefined : 'a body is not described';
  if (headers.get('content-type') !== 'application/json') return 'it is not application/json';
  return faultAt(body, ...place, 'content', 'application/json', 'schema');
};

/**
 * Throws when an answer is not what the document says, or when something was done for a request that the
 * document does not allow.
 */
export const checkExchange = (sent: Sent, answered: Answered): void => {
  const wrong = faultOfAnswer(sent, answered);
  const forbidden = answered.status < 300 ? faultOfRequest(sent) : undefined;
  const fault =
    wrong ?? (forbidden && `it answers ${answered.status} to what is forbidden: ${forbidden}`);
  if (!fault) return;
  throw new Error(`${sent.method} ${sent.url.pathname} is not as /openapi.json says: ${fault}`);
};
