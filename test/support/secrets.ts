/** The passwords that tests set or guess with: none of them may be found in a log. */
const canaries = ['s3cr3tP@sswOrd', 'S3cr3tP@sswOrd', 'notTheP@sswOrd', 'canary'];

/** What a secret looks like: a whole token, a hash, and one as the contract shows it. */
const shapes = [
  /bw_[\w-]+\.[0-9A-Za-z]{20}\.[0-9A-Za-z]{43,49}/,
  /\$2[aby]\$\d\d\$/,
  /\$argon2id\$v=19\$m=\d/,
  /JDJ[hi45]JD[A-Za-z0-9+/]{20}/,
  /JGFyZ29uMmlkJ[A-Za-z0-9+/]{20}/,
];

/** What of a text may not be shown to anyone but its owner. */
export const secretsIn = (text: string): string[] => [
  ...canaries.filter((canary) => text.includes(canary)),
  ...shapes.filter((shape) => shape.test(text)).map(String),
];

/** The only fields that a line of the functions' log has. */
const fields = new Set([
  'level',
  'message',
  'time',
  'operation',
  'request_id',
  'lambda_request_id',
  'user_id',
  'token_id',
  'status',
  'duration_ms',
  'error',
]);

/** What is wrong with a log that functions wrote: secrets, unknown fields, and what is no line of theirs. */
export const faultsOfLog = (log: string): string[] =>
  log
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line) => {
      const found = secretsIn(line);
      if (found.length > 0) return [`It holds ${found.join(', ')}: ${line}`];
      try {
        const unknown = Object.keys(JSON.parse(line)).filter((field) => !fields.has(field));
        return unknown.length > 0 ? [`It has fields that are not listed, ${unknown}: ${line}`] : [];
      } catch {
        return [`It is not a line of the log: ${line}`];
      }
    });
