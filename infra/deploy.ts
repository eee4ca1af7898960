// `npm run deploy -- -c stage=dev`: shows what a deployment would change, asks, and then makes it. Arguments are the
// CDK's; `--yes` asks nothing, for machines.
import { spawnSync } from 'node:child_process';
import { argv, exit, platform } from 'node:process';

const given = argv.slice(2);

const cdk = (...args: string[]): void => {
  const shell = platform === 'win32';
  const { status } = spawnSync('cdk', [...args, ...given], { stdio: 'inherit', shell });
  if (status !== 0) exit(status ?? 1);
};

// Every difference of the template: when it asks, it would only show those of permissions.
cdk('diff');
cdk('deploy', '--require-approval', 'any-change');
