import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Problem } from './problem.ts';

const root = join(import.meta.dirname, '../..');

/** Synthesizes the stack of a stage, as `cdk deploy` would, into `folder`. */
export const synthesize = async (stage: string, folder: string): Promise<string> => {
  const env = {
    ...process.env,
    CDK_CONTEXT_JSON: JSON.stringify({ stage }),
    CDK_OUTDIR: folder,
    // Most of a synthesis is checks of the template, which `npm run synth` and the tests make.
    CDK_VALIDATION: 'false',
  };
  try {
    await promisify(execFile)(process.execPath, ['infra/app.ts'], { cwd: root, env });
    return folder;
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    const reason = /^Error: (.*)$/m.exec(stderr)?.[1] ?? stderr.trim();
    throw new Problem(`The stack cannot be synthesized: ${reason}`);
  }
};
