import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { parseEntry } from '../../infra/cli/transfer/entry.ts';
import { linesOf } from '../../infra/cli/transfer/lines.ts';

const read = async (text: string | Buffer, chunk: number) => {
  const bytes = Buffer.from(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, n) =>
    bytes.subarray(n * chunk, (n + 1) * chunk),
  );
  const lines = [];
  for await (const line of linesOf(Readable.from(chunks))) lines.push(line);
  return lines;
};

describe('lines', () => {
  it.each([
    { of: 'two lines', text: 'a\nb\n', lines: ['a', 'b'] },
    { of: 'a last line without an end', text: 'a\nb', lines: ['a', 'b'] },
    { of: 'CRLF', text: 'a\r\nb\r\n', lines: ['a', 'b'] },
    { of: 'a byte order mark', text: '\ufeffa\n\ufeffb', lines: ['a', '\ufeffb'] },
    { of: 'a byte order mark alone', text: '\ufeff\n', lines: [''] },
    { of: 'empty lines', text: '\n\r\n\na', lines: ['', '', '', 'a'] },
    { of: 'letters of many bytes', text: 'ö𐐨\n𐐨', lines: ['ö𐐨', '𐐨'] },
    { of: 'nothing', text: '', lines: [] },
  ])('of $of', async ({ text, lines }) => {
    for (const chunk of [1, 2, 3, 1000]) {
      const found = await read(text, chunk);
      expect(found.map(({ bytes }) => bytes?.toString())).toEqual(lines);
      expect(found.map(({ number }) => number)).toEqual(lines.map((_, n) => n + 1));
      const whole = Buffer.from(text);
      expect(found.at(-1)?.end ?? 0).toBe(whole.length);
      for (const { digest, end } of found) {
        expect(digest).toBe(createHash('sha256').update(whole.subarray(0, end)).digest('hex'));
      }
    }
  });

  it('of 32 MB are read, and longer ones passed without being held', async () => {
    const most = 32 * 1024 * 1024;
    const long = 'x'.repeat(most);
    const found = await read(`${long}\n${long}y\nz`, 65_536);
    expect(found.map(({ bytes }) => bytes?.length)).toEqual([most, undefined, 1]);
  });
});

describe('a line', () => {
  const username = 'johndoe';
  const hash = '$2b$12$PGnkqzQMGw3KAfOJ0JvYcOYiNoMWT1fV0kbHAUVeJRvVNHtXjC3mC';
  const argon2id = '$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21l$aGFzaGhhc2hoYXNoaGFzaA';
  const permission = { resource: 'x', resource_type: 'table', type: 'read' };
  const parse = (line: unknown) =>
    parseEntry(Buffer.from(typeof line === 'string' ? line : JSON.stringify(line)));

  it.each([
    { of: 'a hash', line: { username, password_hash: hash }, secret: { hash } },
    {
      of: 'the hash of PHP',
      line: { username, password_hash: hash.replace('$2b', '$2y') },
      secret: { hash: hash.replace('$2b', '$2y') },
    },
    { of: 'argon2id', line: { username, password_hash: argon2id }, secret: { hash: argon2id } },
    {
      of: 'base64 of a hash',
      line: { username, password_hash: Buffer.from(hash).toString('base64') },
      secret: { hash },
    },
    { of: 'a password', line: { username, password: 'öne' }, secret: { password: 'öne' } },
  ])('with $of is read', ({ line, secret }) => {
    expect(parse(line)).toEqual({ username, secret, permissions: [] });
  });

  it('has each permission once', () => {
    const permissions = [permission, permission, { ...permission, type: 'write' }];
    const entry = parse({ username, password: 'x', permissions });
    expect(entry.permissions).toEqual([permission, { ...permission, type: 'write' }]);
  });

  it.each([
    { line: '{"username": "x", "password": "s3cr3tP@ss', says: 'This is no JSON in UTF-8.' },
    { line: '[]', says: 'The line must be a JSON object.' },
    { line: '"s3cr3tP@ss"', says: 'The line must be a JSON object.' },
    { line: { password: 's3cr3tP@ss' }, says: 'username is missing.' },
    {
      line: { username: 'me', password: 'x' },
      says: 'username must not be "me": that name is reserved.',
    },
    { line: { username: 'a b', password: 'x' }, says: /^username must be 1 to 128 letters/ },
    { line: { username }, says: 'password_hash or password must be there, and only one of them.' },
    {
      line: { username, password: 's3cr3tP@ss', password_hash: hash },
      says: 'password_hash or password must be there, and only one of them.',
    },
    { line: { username, password: 7 }, says: 'password must be a string.' },
    {
      line: { username, password_hash: 'md5:s3cr3tP@ss' },
      says: /^password_hash must be a bcrypt hash/,
    },
    {
      line: { username, password_hash: hash.slice(1) },
      says: /^password_hash must be a bcrypt hash/,
    },
    {
      line: { username, password: 'x', roles: [] },
      says: 'roles is not known here: leave it out.',
    },
    {
      line: { username, password: 'x', permissions: [permission, { ...permission, type: 'x' }] },
      says: 'permissions[1].type must be read, write or admin.',
    },
  ])('$line is wrong: $says', ({ line, says }) => {
    expect(() => parse(line)).toThrow(says);
    expect(() => parse(line)).not.toThrow('s3cr3t');
  });

  it('that is no UTF-8 is wrong, and one that is too long', () => {
    const bad = Buffer.concat([
      Buffer.from('{"username":"'),
      Buffer.from([0xff]),
      Buffer.from('"}'),
    ]);
    expect(() => parseEntry(bad)).toThrow('This is no JSON in UTF-8.');
    expect(() => parseEntry(undefined)).toThrow('This line is longer than 32 MB.');
  });
});
