import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the laptop pretends to be. */
export const region = 'us-east-1';
export const account = '000000000000';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** A resource of a CloudFormation template. */
export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation properties have no types of their own
  Properties: any;
  Metadata?: Record<string, string>;
}

/** A synthesized template with its intrinsic functions resolved as if deployed here. */
export interface Template {
  /** Folder that asset paths are relative to. */
  folder: string;
  resources: Record<string, Resource>;
  outputs: Record<string, string>;
}

const pseudo: Record<string, string> = {
  'AWS::AccountId': account,
  'AWS::Partition': 'aws',
  'AWS::Region': region,
  'AWS::StackName': 'local',
  'AWS::URLSuffix': 'amazonaws.com',
};

const arnPath: Record<string, (id: string) => string> = {
  'AWS::DynamoDB::Table': (id) => `dynamodb:${region}:${account}:table/${id}`,
  'AWS::IAM::Role': (id) => `iam::${account}:role/${id}`,
  'AWS::Lambda::Function': (id) => `lambda:${region}:${account}:function:${id}`,
  'AWS::Logs::LogGroup': (id) => `logs:${region}:${account}:log-group:${id}:*`,
};

const attributeOf = (resources: Record<string, Resource>, id: string, name: string): string => {
  const arn = arnPath[resources[id]?.Type ?? ''];
  return name === 'Arn' && arn ? `arn:aws:${arn(id)}` : `${id}.${name}`;
};

/**
 * Resolves Ref, Fn::GetAtt, Fn::Join, Fn::Sub, Fn::Select and Fn::Split. A resource's physical name is its
 * logical id. Throws on an intrinsic it does not know.
 */
export const resolve = (value: Json, resources: Record<string, Resource>): Json => {
  const deep = (inner: Json): Json => resolve(inner, resources);
  if (Array.isArray(value)) return value.map(deep);
  if (value === null || typeof value !== 'object') return value;
  const [[key, argument] = ['', null], ...rest] = Object.entries(value);
  if (rest.length > 0 || !(key === 'Ref' || key.startsWith('Fn::'))) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, deep(inner)]));
  }
  // biome-ignore lint/suspicious/noExplicitAny: each intrinsic has arguments of its own shape
  const args = (key === 'Fn::GetAtt' ? argument : deep(argument)) as any;
  switch (key) {
    case 'Ref':
      return pseudo[args] ?? args;
    case 'Fn::GetAtt':
      return attributeOf(resources, args[0], args[1]);
    case 'Fn::Join':
      return args[1].join(args[0]);
    case 'Fn::Select':
      return args[1][args[0]];
    case 'Fn::Split':
      return args[1].split(args[0]);
    case 'Fn::Sub':
      return String(args).replace(/\$\{([\w:]+)\}/g, (_, name) => pseudo[name] ?? name);
    default:
      throw new Error(`The template uses ${key}, which the local stack does not know.`);
  }
};

/** Reads the template of one stack from a synthesized assembly. */
export const readTemplate = (folder: string, stack: string): Template => {
  const text = readFileSync(join(folder, `${stack}.template.json`), 'utf8');
  const { Resources, Outputs = {} } = JSON.parse(text);
  const deep = (value: Json) => resolve(value, Resources);
  const resources = Object.fromEntries(
    Object.entries<Resource>(Resources).map(([id, resource]) => [
      id,
      { ...resource, Properties: deep(resource.Properties ?? {}) },
    ]),
  );
  const outputs = Object.fromEntries(
    Object.entries<{ Value: Json }>(Outputs).map(([id, { Value }]) => [id, String(deep(Value))]),
  );
  return { folder, resources, outputs };
};

/** The resources of one type, by logical id. */
export const ofType = ({ resources }: Template, type: string): [string, Resource][] =>
  Object.entries(resources).filter(([, resource]) => resource.Type === type);
