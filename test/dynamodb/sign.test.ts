import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Signer, sign } from '../../lib/dynamodb/sign.ts';

type Data = string | ArrayBuffer | ArrayBufferView;
const bytes = (data: Data) =>
  typeof data === 'string' || ArrayBuffer.isView(data) ? (data as string) : Buffer.from(data);

class Sha256 {
  readonly #hash;
  constructor(secret?: Data) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytes(secret));
  }
  update(data: Data) {
    this.#hash.update(bytes(data));
  }
  async digest() {
    return this.#hash.digest();
  }
}

const signBySdk = async (
  { credentials, region }: Signer,
  headers: Record<string, string>,
  body: string,
  signingDate: Date,
) => {
  const signer = new SignatureV4({
    ...{ credentials: credentials as never, region, service: 'dynamodb' },
    ...{ sha256: Sha256 as never, applyChecksum: false },
  });
  const request = { method: 'POST', protocol: 'https:', hostname: 'x', path: '/', headers, body };
  const { headers: signed } = await signer.sign({ ...request, query: {} }, { signingDate });
  return signed;
};

const printable = fc.stringMatching(/^[!-~]{1,40}$/);
const credentials = fc.record(
  { accessKeyId: printable, secretAccessKey: printable, sessionToken: printable },
  { requiredKeys: ['accessKeyId', 'secretAccessKey'] },
);

it('signs as the SDK does', async () => {
  await fc.assert(
    fc.asyncProperty(
      credentials,
      fc.stringMatching(/^[a-z]{2}-[a-z]{4}-\d$/),
      // A body is signed by its bytes.
      fc.json({ stringUnit: 'binary' }),
      fc.date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
      async (credentials, region, body, now) => {
        const headers = {
          host: `dynamodb.${region}.amazonaws.com`,
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': 'DynamoDB_20120810.Query',
        };
        const signer = { credentials, region };
        expect(sign(signer, headers, body, now)).toEqual(
          await signBySdk(signer, headers, body, now),
        );
      },
    ),
    { numRuns: 300 },
  );
});

it('makes a new key for another day, another region and another secret', async () => {
  const headers = { host: 'dynamodb' };
  const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' };
  const day = new Date('2026-01-01T12:00:00Z');
  for (const [signer, now] of [
    [{ credentials, region: 'eu-west-1' }, day],
    [{ credentials, region: 'eu-west-1' }, new Date('2026-01-02T12:00:00Z')],
    [{ credentials, region: 'us-east-1' }, day],
    [{ credentials: { ...credentials, secretAccessKey: 'other' }, region: 'us-east-1' }, day],
    [{ credentials, region: 'eu-west-1' }, day],
  ] as const) {
    expect(sign(signer, headers, '{}', now)).toEqual(await signBySdk(signer, headers, '{}', now));
  }
});
