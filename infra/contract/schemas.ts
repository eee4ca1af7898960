import { type ConversionConfig, type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import {
  actionSearchSchema,
  evaluationSchema,
  evaluationsSchema,
  resourceSearchSchema,
  subjectSearchSchema,
} from '../../lib/authzen.ts';
import { permissionSchema } from '../../lib/names.ts';
import * as answers from './answers.ts';
import { inputs, isInWords } from './inputs.ts';

interface Named {
  schema: v.GenericSchema;
  description: string;
  /** What its members mean, where their own schemas do not say it. */
  meaning?: Record<string, string>;
}

const entity = (what: string, id: string) => ({
  type: `Of what type the ${what} is: ${what === 'subject' ? '`user`' : 'a resource type'}.`,
  ...(id && { id }),
  properties: 'Accepted, and means nothing here.',
});

/** Schemas that are used in several places, or want a name; `$ref` leads to them wherever they are. */
const named: Record<string, Named> = {
  Error: { schema: answers.errorSchema, description: 'Every answer that is not 2xx.' },
  Permission: {
    schema: permissionSchema,
    description: 'What may be done to what.',
    meaning: {
      resource_type:
        'Of what kind the resource is: `table`, `user`, any other lower-case word, or `*` for every kind.',
      type: '`read`, `write` or `admin`. `admin` includes both others, `write` does not include `read`.',
    },
  },
  Subject: {
    schema: evaluationSchema.entries.subject,
    description: 'Who.',
    meaning: entity('subject', 'A username.'),
  },
  SubjectType: {
    schema: subjectSearchSchema.entries.subject,
    description: 'Whom to look for. An `id` is ignored.',
    meaning: entity('subject', ''),
  },
  Action: {
    schema: evaluationSchema.entries.action,
    description: 'Does what.',
    meaning: {
      name: '`read`, `write` or `admin`.',
      properties: 'Accepted, and means nothing here.',
    },
  },
  Resource: {
    schema: evaluationSchema.entries.resource,
    description: 'To what.',
    meaning: entity('resource', 'A resource.'),
  },
  ResourceType: {
    schema: resourceSearchSchema.entries.resource,
    description: 'What to look for. An `id` is ignored.',
    meaning: entity('resource', ''),
  },
  Page: {
    schema: actionSearchSchema.entries.page.wrapped,
    description: 'Which page, and how long it is.',
    meaning: {
      token: 'The `next_token` of the page before, of the same search. Absent or empty: the first.',
      limit: 'How many results a page has at most. More than 1,000, or without it, is 1,000.',
      properties: 'Accepted, and means nothing here.',
    },
  },
  EvaluationOptions: {
    schema: evaluationsSchema.entries.options.wrapped,
    description: 'How evaluations follow each other.',
    meaning: {
      evaluations_semantic:
        'Decide all; or stop after the first that is denied, or the first that is permitted.',
    },
  },
  Done: { schema: answers.doneSchema, description: 'It is done.' },
  Self: { schema: answers.selfSchema, description: 'Who a token stands for.' },
  ListedUser: { schema: answers.listedUserSchema, description: 'A user of a list.' },
  User: { schema: answers.userSchema, description: 'A user.' },
  ApiKey: { schema: answers.apiKeySchema, description: 'An API key.' },
  NewApiKey: { schema: answers.newApiKeySchema, description: 'An API key, just made.' },
  Session: { schema: answers.sessionSchema, description: 'A session, just begun.' },
  AuditEvent: { schema: answers.auditEventSchema, description: 'Who did what to which user.' },
  Change: {
    schema: answers.changeSchema,
    description: 'What of the user was so, before the change or after it: no more than the change.',
  },
  Decision: { schema: answers.decisionSchema, description: 'Whether somebody may, and why.' },
  FailedDecision: {
    schema: answers.failedDecisionSchema,
    description: 'An evaluation that could not be decided, which is a denial.',
  },
  ResultPage: { schema: answers.pageSchema, description: 'Where in its results a search is.' },
  FoundSubjects: { schema: answers.subjectsSchema, description: 'Who may.' },
  FoundResources: { schema: answers.resourcesSchema, description: 'What to.' },
  FoundActions: { schema: answers.actionsSchema, description: 'What a subject may do.' },
  AuthzenConfiguration: {
    schema: answers.configurationSchema,
    description: 'The metadata of a decision point.',
  },
};

const config: ConversionConfig = {
  target: 'draft-2020-12',
  typeMode: 'input',
  overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
  overrideSchema: ({ valibotSchema, errors }) =>
    // `object` of lib/authzen.ts, which is a JSON object.
    inputs.get(valibotSchema) ??
    (errors && valibotSchema.type === 'custom' ? { type: 'object' } : undefined),
  overrideAction: ({ valibotAction, jsonSchema }) =>
    inputs.get(valibotAction) ?? (isInWords(valibotAction) ? jsonSchema : undefined),
};

const convert = (schema: v.GenericSchema, definitions: Record<string, v.GenericSchema>) => {
  const { $schema: _, $defs: __, ...json } = toJsonSchema(schema, { ...config, definitions });
  if (json.required?.length === 0) delete json.required;
  return json as JsonSchema;
};

/** Adds what members mean. Throws when one that is not there is meant, or one is left without meaning. */
export const explain = (
  json: JsonSchema,
  meaning: Record<string, string | JsonSchema> = {},
): JsonSchema => {
  const unknown = Object.keys(meaning).find((name) => !json.properties?.[name]);
  if (unknown) throw new Error(`There is no member ${unknown} to explain.`);
  if (!json.properties) return json;
  const properties = Object.entries(json.properties).map(([name, property]) => {
    const known = property as JsonSchema;
    const given = meaning[name];
    const more = typeof given === 'string' ? { description: given } : given;
    const description = [more?.description, known.description].filter(Boolean).join(' ');
    if (!description && !known.$ref) throw new Error(`Nothing says what ${name} means.`);
    return [name, { ...known, ...more, ...(description && { description }) }];
  });
  return { ...json, properties: Object.fromEntries(properties) };
};

/** What of a schema can be seen: of the two that the objects of lib/authzen.ts have, the one with members. */
const shownOf = (schema: v.GenericSchema): v.GenericSchema => {
  const second = 'pipe' in schema ? (schema.pipe as v.GenericSchema[])[1] : undefined;
  return second?.kind === 'schema' ? second : schema;
};

const all = Object.entries(named).map(([name, { schema }]) => [name, schema] as const);

/** A schema as the document has it, with references to those that have a name. */
export const toJson = (schema: v.GenericSchema): JsonSchema =>
  convert(schema, Object.fromEntries(all));

/** The schemas that have a name, as components. */
export const schemas = Object.fromEntries(
  Object.entries(named).map(([name, { schema, description, meaning }]) => {
    const others = all.filter(([other]) => other !== name);
    const json = convert(shownOf(schema), Object.fromEntries(others));
    return [name, { description, ...explain(json, meaning) }];
  }),
);
