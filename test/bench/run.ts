// Measures everything that the results folder tells of, one after the other, and writes the report.
// About forty minutes. ONLY=cpu,cold-start measures some, and reports with what is there of the others.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { env, execPath, stderr } from 'node:process';

const folder = import.meta.dirname;
const benches = [
  'cost',
  'cpu',
  'cold-start',
  'powertools',
  'growth',
  'memory',
  'compare/run',
  'price',
];
const chosen = env.ONLY?.split(',') ?? benches;

const run = (script: string): void => {
  stderr.write(`${script}\n`);
  execFileSync(execPath, ['--disable-warning=ExperimentalWarning', join(folder, script)], {
    // Figures go into their files; this keeps a person company.
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...env, ONLY: '' },
  });
};

// What is compared with, and what draws the plots, are no dependencies of the project.
if (!existsSync(join(folder, 'node_modules'))) {
  execFileSync('npm', ['ci', '--prefix', folder], { stdio: 'inherit' });
}
for (const bench of benches) if (chosen.includes(bench)) run(`${bench}.ts`);
run('report.ts');
run('plots.mjs');
