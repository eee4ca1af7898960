import { promisify } from 'node:util';
import { deflate, gzip } from 'node:zlib';
import type { HttpAnswer } from './gateway-responses.ts';

/** An answer as it is sent. */
export interface EncodedAnswer extends Omit<HttpAnswer, 'body'> {
  body: string | Buffer;
}

const encoders = { gzip: promisify(gzip), deflate: promisify(deflate) };

/** What API Gateway knows; `identity` is to leave it as it is. */
const known = ['gzip', 'deflate', 'identity'] as const;
type Coding = (typeof known)[number];

/**
 * The coding of an answer, by the header Accept-Encoding: what is wanted most, if API Gateway knows it; if it
 * does not, or no coding is named, none (developer guide, "Enable payload compression for an API in API
 * Gateway" and "Receive an API response with a compressed payload"). Of equals, on which the guide is silent,
 * the first that it knows.
 */
export const codingFor = (acceptEncoding = ''): Coding => {
  const wanted = acceptEncoding.split(',').map((part) => {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const weight = parameters.find((text) => text.startsWith('q='))?.slice(2);
    return { name, weight: weight === undefined ? 1 : Number(weight) };
  });
  const most = Math.max(...wanted.map(({ weight }) => weight));
  if (!(most > 0)) return 'identity';
  const best = wanted.filter(({ weight }) => weight === most);
  return (
    (best.map(({ name }) => name) as Coding[]).find((name) => known.includes(name)) ?? 'identity'
  );
};

/** Compresses an integration's answer of so many bytes and more, unless it is compressed already. */
export const compress = async (
  answer: HttpAnswer,
  acceptEncoding: string | undefined,
  minimumBytes: number | undefined,
): Promise<EncodedAnswer> => {
  const coding = codingFor(acceptEncoding);
  const isEncoded = Object.keys(answer.headers).some(
    (name) => name.toLowerCase() === 'content-encoding',
  );
  const isSmall = minimumBytes === undefined || Buffer.byteLength(answer.body) < minimumBytes;
  if (coding === 'identity' || isEncoded || isSmall) return answer;
  return {
    ...answer,
    headers: { ...answer.headers, 'Content-Encoding': coding },
    body: await encoders[coding](answer.body),
  };
};
