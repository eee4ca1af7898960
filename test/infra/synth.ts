import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll } from 'vitest';
import { BailiwickStack } from '../../infra/stack.ts';
import { type Stage, stageOf } from '../../infra/stages.ts';

/** A resource as it stands in the template, its intrinsic functions unresolved. */
export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation properties have no types of their own
  Properties: any;
  DependsOn?: string[];
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  Metadata?: Record<string, string>;
}

export interface Assembly {
  folder: string;
  /** What was the app's temporary folder. */
  scratch: string;
  template: Template;
  outputs: Record<string, { Value: unknown }>;
}

interface Run {
  /** Folder the app is run in. */
  cwd?: string;
  /** Runs the checks of the template too, which take most of the time. */
  validated?: boolean;
}

/**
 * Runs the app as deploying and `npm start` do, in a process of its own. Call it while tests are
 * collected. Throws what the app wrote to stderr, and when resources depend on each other in a circle.
 */
export const synth = (
  context: Record<string, string> = {},
  { cwd = tmpdir(), validated = false }: Run = {},
): Assembly => {
  const root = mkdtempSync(join(tmpdir(), 'bailiwick-synth-'));
  const folder = join(root, 'out');
  const scratch = join(root, 'tmp');
  mkdirSync(scratch);
  try {
    execFileSync(execPath, [join(import.meta.dirname, '../../infra/app.ts')], {
      cwd,
      env: {
        ...env,
        CDK_CONTEXT_JSON: JSON.stringify(context),
        CDK_OUTDIR: folder,
        CDK_VALIDATION: String(validated),
        TMPDIR: scratch,
      },
      stdio: 'pipe',
    });
    const file = join(folder, `bailiwick-${context.stage ?? 'dev'}.template.json`);
    const json = JSON.parse(readFileSync(file, 'utf8'));
    const template = Template.fromJSON(json);
    afterAll(() => rmSync(root, { recursive: true }));
    return { folder, scratch, template, outputs: json.Outputs };
  } catch (error) {
    rmSync(root, { recursive: true });
    throw error;
  }
};

/** The stack with settings that no stage has. Call it while tests are collected. */
export const stackWith = (settings: Partial<Stage>): { app: App; stack: BailiwickStack } => {
  const outdir = mkdtempSync(join(tmpdir(), 'bailiwick-synth-'));
  afterAll(() => rmSync(outdir, { recursive: true }));
  const app = new App({
    outdir,
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });
  const stage = { ...stageOf('dev'), ...settings };
  return { app, stack: new BailiwickStack(app, 'bailiwick-test', { stage }) };
};

/** The resources of one type, by logical id. */
export const resourcesOf = (template: Template, type: string): [string, Resource][] =>
  Object.entries(template.findResources(type)) as unknown as [string, Resource][];

/** The function made from `functions/<entry>.ts`, which its description names. */
export const functionOf = (template: Template, entry: string): [string, Resource] => {
  const found = resourcesOf(template, 'AWS::Lambda::Function').find(([, { Properties }]) =>
    Properties.Description.endsWith(`: ${entry}`),
  );
  if (!found) throw new Error(`There is no function ${entry} in the template.`);
  return found;
};
