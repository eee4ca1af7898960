import { exit, stderr, stdin } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Problem } from '../local/problem.ts';
import { plain } from './output.ts';
import { UsageError } from './usage-error.ts';

/** The exit code of what a signal ended: 128 and its number. */
export const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** The answer to a question; empty when input ends, by Ctrl-D. */
const ask = async (text: string, echoes: boolean): Promise<string> => {
  const question = plain(text);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const output = echoes ? stderr : silent;
  const reader = createInterface({ input: stdin, output, terminal: true });
  reader.once('SIGINT', () => {
    stderr.write('\n');
    exit(exitCodes.SIGINT);
  });
  const ended = new Promise<string>((resolve) => reader.once('close', () => resolve('')));
  // Only now does the terminal show nothing of what is typed.
  if (!echoes) stderr.write(question);
  const answer = await Promise.race([reader.question(echoes ? question : ''), ended]);
  reader.close();
  if (!echoes) stderr.write('\n');
  return answer;
};

/** Asks before what cannot be undone. Throws where nobody can be asked, and when the answer is not yes. */
export const confirm = async (question: string, { yes }: { yes?: boolean }): Promise<void> => {
  if (yes) return;
  if (!stdin.isTTY) throw new UsageError(`${question} Nobody can be asked here: say --yes if so.`);
  const answer = await ask(`${question} [y/N] `, true);
  if (!/^y(es)?$/i.test(answer.trim())) throw new Problem('Nothing was done.');
};

let lines: Promise<string[]> | undefined;

const readLines = async (): Promise<string[]> => {
  let text = '';
  for await (const chunk of stdin.setEncoding('utf8')) text += chunk;
  return text.split(/\r?\n/);
};

/** The next line of standard input. */
const nextLine = async (): Promise<string> => {
  lines ??= readLines();
  const line = (await lines).shift();
  if (!line) throw new UsageError('Standard input has no password: give one a line.');
  return line;
};

/** Reads a password from standard input, or asks for it without showing what is typed. */
export const readPassword = async (
  name: string,
  { passwordStdin }: { passwordStdin?: boolean },
): Promise<string> => {
  if (passwordStdin) return nextLine();
  if (!stdin.isTTY) throw new UsageError('Nobody can be asked here: use --password-stdin.');
  const password = await ask(`${name}: `, false);
  if (password === '') throw new Problem('No password was given: nothing was done.');
  return password;
};

/** The same for one that is to be set: asked twice. */
export const readNewPassword = async (
  name: string,
  options: { passwordStdin?: boolean },
): Promise<string> => {
  const password = await readPassword(name, options);
  const again = options.passwordStdin ? password : await readPassword(`${name} again`, options);
  if (again !== password) throw new Problem('These are two different passwords: nothing was done.');
  return password;
};
