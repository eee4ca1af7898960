/** A value in DynamoDB's form (API reference, AttributeValue), of the kinds that are kept here. */
type AttributeValue =
  | { S: string }
  | { N: string }
  /** base64 */
  | { B: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { SS: string[] }
  | { L: AttributeValue[] }
  | { M: Attributes };

/** Values in DynamoDB's form by name: an item, a key, or what an expression names. */
export type Attributes = Record<string, AttributeValue>;

/** DynamoDB has no empty sets. */
const isTexts = (value: unknown): value is Set<string> =>
  value instanceof Set && value.size > 0 && [...value].every((one) => typeof one === 'string');

const marshallValue = (value: unknown): AttributeValue => {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null) return { NULL: true };
  if (Number.isFinite(value)) return { N: String(value) };
  if (Array.isArray(value)) return { L: value.map(marshallValue) };
  if (value instanceof Uint8Array) return { B: Buffer.from(value).toString('base64') };
  if (isTexts(value)) return { SS: [...value] };
  if (Object.getPrototypeOf(value ?? 0) === Object.prototype) {
    return { M: marshall(value as object) };
  }
  throw new TypeError(`DynamoDB cannot keep a value of this kind: ${typeof value}.`);
};

/**
 * Plain values in DynamoDB's form: strings, finite numbers, booleans, null, bytes, sets of one string or more,
 * arrays and plain objects. Members that are undefined are left out. Throws a TypeError for anything else.
 */
export const marshall = (values: object): Attributes => {
  const defined = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined.map(([name, value]) => [name, marshallValue(value)]));
};

const unmarshallValue = (value: AttributeValue): unknown => {
  if ('S' in value) return value.S;
  if ('N' in value) return Number(value.N);
  if ('BOOL' in value) return value.BOOL;
  if ('NULL' in value) return null;
  if ('B' in value) return new Uint8Array(Buffer.from(value.B, 'base64'));
  if ('SS' in value) return new Set(value.SS);
  if ('L' in value) return value.L.map(unmarshallValue);
  if ('M' in value) return unmarshall(value.M);
  throw new TypeError(`A value of this kind is not kept here: ${Object.keys(value)}.`);
};

/** The plain values of an item; throws a TypeError for a kind of value that `marshall` does not make. */
export const unmarshall = (attributes: Attributes): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, unmarshallValue(value)]),
  );
