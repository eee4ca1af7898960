import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonSchema } from '@valibot/to-json-schema';
import type { Taken } from '../../lib/http/endpoint.ts';
import { type Route, routes } from '../routes.ts';
import { about } from './about.ts';
import type { Operation } from './operation.ts';
import { groups, operations } from './operations.ts';
import { components, headers, headersOf, refusalOf, type Status } from './refusals.ts';
import { placeholders, samplesOf } from './samples.ts';
import { explain, schemas, toJson } from './schemas.ts';

const root = join(import.meta.dirname, '../..');

/** The schemas that the function behind a route checks its input against. */
const takenBy = async ({ entry }: Route): Promise<Partial<Taken>> => {
  // This one holds the document itself, so it cannot be asked for what goes into it.
  if (entry === 'openapi') return {};
  const { handler } = await import(join(root, 'functions', `${entry}.ts`));
  return handler.schemas;
};

const parametersOf = ({ parameters, request }: Operation, { path, query }: Partial<Taken>) => {
  const inPath = path ? toJson(path) : {};
  const inQuery = query ? toJson(query) : {};
  const properties = { ...inPath.properties, ...inQuery.properties };
  return Object.entries(explain({ properties }, parameters).properties ?? {}).map(
    ([name, json]) => {
      const { description, ...schema } = json as JsonSchema;
      const [place, { required }] = inPath.properties?.[name]
        ? (['path', inPath] as const)
        : (['query', inQuery] as const);
      const example = request?.[place]?.[name];
      return {
        name,
        in: place,
        required: required?.includes(name) ?? false,
        description,
        schema,
        ...(example && { example: schema.type === 'integer' ? Number(example) : example }),
      };
    },
  );
};

/** The statuses that an operation answers besides success, for reasons of its own or of all. */
const statusesOf = (route: Route, { refusals }: Operation, taken: Partial<Taken>): Status[] => {
  const own = Object.keys(refusals).map(Number) as Status[];
  const common: Status[] = [
    ...(route.open ? [] : [401 as const]),
    ...([413, 429, 500, 503, 504] as const),
    ...(taken.body && taken.otherMediaType !== 'invalid' ? [415 as const] : []),
  ];
  return [...new Set([...own, ...common])].sort((a, b) => a - b);
};

const responsesOf = (route: Route, operation: Operation, taken: Partial<Taken>) => {
  const { status, description, schema, example, isPaged } = operation.answer;
  const success = {
    description,
    headers: headersOf(...(isPaged ? ['Link' as const] : [])),
    ...(schema && { content: { 'application/json': { schema: toJson(schema), example } } }),
  };
  const refusals = operation.refusals as Partial<Record<Status, readonly string[]>>;
  return Object.fromEntries([
    [status, success],
    ...statusesOf(route, operation, taken).map((refused) => [
      refused,
      refusalOf(refused, refusals[refused], Boolean(route.open)),
    ]),
  ]);
};

const bodyOf = ({ members, request, rule }: Operation, { body }: Partial<Taken>) => {
  if (!body) return {};
  const schema = { ...explain(toJson(body), members), ...rule };
  const content = { 'application/json': { schema, example: request?.body } };
  return { requestBody: { required: true, content } };
};

const filled = (path: string, values: Record<string, string> = {}): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));

const toOperation = async (route: Route) => {
  const operation = operations.get(route.entry);
  if (!operation) {
    throw new Error(`Nothing describes ${route.entry}: add it to infra/contract/operations.`);
  }
  const { id, tag, summary, description, needs, request, answer } = operation;
  const taken = await takenBy(route);
  const parameters = parametersOf(operation, taken);
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: needs ? `${description}\n\n**Needs:** ${needs}` : description,
    ...(route.open && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...bodyOf(operation, taken),
    responses: responsesOf(route, operation, taken),
    'x-codeSamples': samplesOf({
      method: route.method,
      path: filled(route.path, request?.path),
      query: request?.query,
      body: request?.body,
      isOpen: Boolean(route.open),
      hasAnswer: answer.schema !== undefined,
    }),
  };
};

/**
 * The OpenAPI 3.1 document: the routes, the schemas that their functions check input against, and what
 * neither can say.
 */
export const createDocument = async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const paths: Record<string, object> = {};
  for (const route of routes) {
    const method = route.method.toLowerCase();
    paths[route.path] = { ...paths[route.path], [method]: await toOperation(route) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Bailiwick',
      version,
      summary: 'Users, API keys and permissions, and the answer to "may X do Y to Z?"',
      description: about,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: placeholders.baseUrl, description: 'The host that this document came from' }],
    security: [{ token: [] }],
    tags: groups.map(({ tag, description }) => ({ name: tag, description })),
    paths,
    components: {
      schemas,
      responses: components,
      headers,
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'bw_<base64url of the username>.<id>.<secret>',
          description:
            'Provide your bearer token in the Authorization header when making requests to protected resources. Example: `Authorization: Bearer YOUR_API_KEY`',
        },
      },
    },
  };
};
