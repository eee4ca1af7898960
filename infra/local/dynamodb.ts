import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { requireJava } from './java.ts';
import { Problem } from './problem.ts';

/** Where AWS's own DynamoDB Local lies: an npm package carries the jar. */
const emulator = () => {
  const main = createRequire(import.meta.url).resolve('amplify-dynamodb-simulator/package.json');
  return join(dirname(main), 'emulator');
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/**
 * Runs a command that ends when this process does, even by SIGKILL: the shell around it waits for the
 * end of its standard input, a pipe from here, and then stops it.
 */
const spawnTied = (command: string, args: string[], cwd: string): ChildProcess => {
  if (process.platform === 'win32') return spawn(command, args, { cwd, stdio: 'ignore' });
  const script =
    'exec 3<&0; "$@" </dev/null & pid=$!; (cat <&3 >/dev/null; kill $pid 2>/dev/null) & exec 3<&-; wait $pid';
  return spawn('sh', ['-c', script, 'sh', command, ...args], {
    cwd,
    stdio: ['pipe', 'ignore', 'ignore'],
    // A group of its own, so that Ctrl-C lets requests under way end before their table does.
    detached: true,
  });
};

/** Starts DynamoDB Local, in memory or on a folder, and waits until it answers. */
export const startDynamoDb = async (
  folder: string | undefined,
): Promise<{ endpoint: string; close(): Promise<void> }> => {
  requireJava();
  if (folder) mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const home = emulator();
  const args = [
    '-Xmx512m',
    // Half the processor time in the first minutes, which is as long as a laptop's stack is mostly busy.
    ...['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'],
    `-Djava.library.path=${join(home, 'DynamoDBLocal_lib')}`,
    ...['-jar', join(home, 'DynamoDBLocal.jar')],
    ...['-port', String(port), '-sharedDb', '-disableTelemetry'],
    ...(folder ? ['-dbPath', folder] : ['-inMemory']),
  ];
  // It writes a file of its own into whatever folder it runs in.
  const child = spawnTied('java', args, folder ?? tmpdir());
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const close = async () => {
    child.stdin?.end();
    if (process.platform === 'win32') child.kill();
    await ended;
  };
  const endpoint = `http://127.0.0.1:${port}`;
  const end = Date.now() + 15_000;
  while (child.exitCode === null && Date.now() < end) {
    // Without credentials it answers 400, which is an answer.
    const answers = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (answers) return { endpoint, close };
    await sleep(50);
  }
  if (child.exitCode === null) await close();
  throw new Problem(
    'DynamoDB Local did not start: run it once more, or set DYNAMODB_ENDPOINT to a DynamoDB that runs already.',
  );
};
