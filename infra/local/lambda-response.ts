import type { HttpAnswer } from './gateway-responses.ts';

const known = ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'];

/** Headers that API Gateway keeps for itself and renames when a function sets them. */
const remapped = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'host',
  'server',
  'www-authenticate',
]);

const isText = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

/**
 * Turns a function's answer into HTTP; undefined when API Gateway would call it malformed and answer 502
 * (developer guide, "Output format of a Lambda function for proxy integration").
 */
export const toHttpAnswer = (result: unknown): HttpAnswer | undefined => {
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return undefined;
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = result as Record<
    string,
    unknown
  >;
  const status = Number(statusCode);
  if (
    !Object.keys(result).every((key) => known.includes(key)) ||
    !(isText(statusCode) && Number.isInteger(status) && status >= 100 && status <= 599) ||
    !(body === undefined || body === null || typeof body === 'string')
  ) {
    return undefined;
  }
  const all: Record<string, string | string[]> = { 'Content-Type': 'application/json' };
  const set = (name: string, value: string | string[]) => {
    const shown = remapped.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name;
    for (const existing of Object.keys(all)) {
      if (existing.toLowerCase() === shown.toLowerCase()) delete all[existing];
    }
    all[shown] = value;
  };
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (!isText(value)) return undefined;
    set(name, String(value));
  }
  for (const [name, values] of Object.entries(multiValueHeaders ?? {})) {
    if (!Array.isArray(values) || !values.every(isText)) return undefined;
    set(name, values.map(String));
  }
  const text = body ?? '';
  return {
    status,
    headers: all,
    body: isBase64Encoded === true ? Buffer.from(text, 'base64').toString() : text,
  };
};
