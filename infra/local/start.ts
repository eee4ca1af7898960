import { env, exit, stderr, stdout } from 'node:process';
import { Problem } from './problem.ts';
import { readSettings } from './settings.ts';
import { startLocal } from './stack.ts';

/** `npm start`: runs the local stack until it is told to stop. */
const start = async (): Promise<void> => {
  let stopping = false;
  const running = startLocal(readSettings(env, stderr.isTTY));
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await running.then(
      (stack) => stack.close(),
      () => {},
    );
    exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);

  const { baseUrl, admin, isNewAdmin } = await running;
  if (isNewAdmin) {
    stdout.write(`First admin: ${admin.username}\nIts token, shown once: ${admin.token}\n`);
  }
  if (!stopping) stdout.write(`Bailiwick answers on ${baseUrl}\n`);
};

start().catch((error: unknown) => {
  stderr.write(`${error instanceof Problem ? error.message : (error as Error).stack}\n`);
  exit(1);
});
