import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { caller } from './api.ts';
import { start, temporaryFolder } from './process.ts';
import { startTableProxy } from './table.ts';

/**
 * A local stack of the test's own on the table that all share, through a proxy that sees, and may answer,
 * each request to the table, and with a sandbox for each of ten requests at once, as they may be long in it. Both
 * end with the test.
 */
export const startProxiedStack = async (...of: Parameters<typeof startTableProxy>) => {
  const { token } = inject('target');
  const proxy = await startTableProxy(...of);
  onTestFinished(proxy.close);
  const folder = temporaryFolder();
  // With a token that works, it leaves the admin of the others alone.
  writeFileSync(join(folder, 'admin.json'), JSON.stringify({ username: 'admin', token }));
  const stack = await start(folder, { DYNAMODB_ENDPOINT: proxy.endpoint, SANDBOXES: '10' });
  if (!stack.baseUrl) throw new Error(`The local stack did not start: ${stack.stderr}`);
  proxy.take();
  return { stack, proxy, call: caller(stack.baseUrl, token) };
};
