import { describe, expect, it, vi } from 'vitest';
import { describeError, log } from '../../lib/log.ts';
import { mintToken } from '../../lib/tokens.ts';
import { faultsOfLog } from '../support/secrets.ts';

const written = (write: () => void): string => {
  const lines: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  write();
  spy.mockRestore();
  return lines.join('');
};

describe('the log', () => {
  it('tells of an error by its class, place and cause, not by a message that may quote its input', () => {
    const cause = new TypeError('canary');
    const error = new SyntaxError('Unexpected token in "canary"', { cause });
    const line = written(() => log.error('It failed', { error: describeError(error) }));
    expect(faultsOfLog(line)).toEqual([]);
    expect(JSON.parse(line).error).toMatchObject({ name: 'SyntaxError', cause: 'TypeError' });
    expect(JSON.parse(line).error.stack).toMatch(/^\s+at /);
    expect(describeError('canary')).toEqual({ name: 'string' });
  });
});

describe('what the suite looks for in every log that it printed', () => {
  it.each([
    ['a password', '{"message":"s3cr3tP@sswOrd"}'],
    ['a token', JSON.stringify({ message: mintToken('session', 'x').encoded })],
    ['a hash', '{"message":"$2b$04$abc"}'],
    [
      'a hash as shown',
      `{"message":"${Buffer.from(`$2b$12$${'a'.repeat(53)}`).toString('base64')}"}`,
    ],
    ['another field', '{"level":"info","body":"x"}'],
    ['no line of the log', 'X is not authorized to perform: dynamodb:PutItem'],
  ])('it finds %s', (_, line) => {
    expect(faultsOfLog(`${line}\n`)).toHaveLength(1);
  });

  it('finds nothing in an honest line', () => {
    const fields = {
      operation: 'users.me',
      token_id: mintToken('api_key', 'x').tokenId,
      status: 200,
    };
    expect(faultsOfLog(written(() => log.info('request', fields)))).toEqual([]);
  });
});
