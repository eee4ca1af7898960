import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';

/** As AWS hands them out. */
interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Of credentials that end, as those of a role do. */
  sessionToken?: string | undefined;
}

/** Who signs, and where for. */
export interface Signer {
  credentials: Credentials;
  region: string;
}

const service = 'dynamodb';
const algorithm = 'AWS4-HMAC-SHA256';

const hmac = (key: Buffer | KeyObject, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

/** The last key made: it is good for a day, and making one would be most of the work of a signature. */
let last: { of: string; key: KeyObject } | undefined;

const signingKey = (secret: string, day: string, region: string): KeyObject => {
  const of = JSON.stringify([secret, day, region]);
  if (last?.of !== of) {
    const parts = [day, region, service, 'aws4_request'];
    const key = parts.reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`));
    // Bytes would be made a KeyObject of at each signature, for 30 µs.
    last = { of, key: createSecretKey(key) };
  }
  return last.key;
};

/**
 * The headers of a signed POST to `/`: those given, with `x-amz-date`, `x-amz-security-token` and
 * `authorization` (IAM user guide, "AWS Signature Version 4 for API requests": all headers are signed).
 * @param headers `host` among them; names in lower case, values without white space at either end or in a row
 */
export const sign = (
  { credentials, region }: Signer,
  headers: Record<string, string>,
  body: string,
  now = new Date(),
): Record<string, string> => {
  const time = now.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = time.slice(0, 8);
  const signed: Record<string, string> = { ...headers, 'x-amz-date': time };
  if (credentials.sessionToken) signed['x-amz-security-token'] = credentials.sessionToken;

  const names = Object.keys(signed).sort();
  const canonical = [
    ...['POST', '/', ''],
    ...names.map((name) => `${name}:${signed[name]}`),
    ...['', names.join(';'), hash('sha256', body)],
  ].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = [algorithm, time, scope, hash('sha256', canonical)].join('\n');
  const key = signingKey(credentials.secretAccessKey, day, region);
  const signature = hmac(key, text).toString('hex');
  return {
    ...signed,
    authorization: `${algorithm} Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
};
