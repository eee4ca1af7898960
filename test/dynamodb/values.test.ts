import { marshall as sdkMarshall, unmarshall as sdkUnmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { marshall, unmarshall } from '../../lib/dynamodb/values.ts';

// `__proto__` is not compared, but below: the SDK loses it.
const name = fc.string().filter((text) => text !== '__proto__');
const scalar = fc.oneof(
  fc.string(),
  // Others the SDK refuses.
  fc.double({ noNaN: true, min: -1e15, max: 1e15 }),
  fc.maxSafeInteger(),
  fc.boolean(),
  fc.constant(null),
  fc.uint8Array({ minLength: 1 }),
  fc.uniqueArray(fc.string(), { minLength: 1 }).map((texts) => new Set(texts)),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const item = fc.dictionary(name, value, { noNullPrototype: true });

/** As it travels: bytes are base64 there, which the SDK makes of them later than its `marshall`. */
const sent = (attributes: Record<string, unknown>) =>
  JSON.parse(
    JSON.stringify(attributes, (_, inner) =>
      inner instanceof Uint8Array ? Buffer.from(inner).toString('base64') : inner,
    ),
  );

it('sends any item as the SDK does, and reads it as the SDK does', () => {
  fc.assert(
    fc.property(item, (values) => {
      const attributes = sent(marshall(values));
      const bySdk = sdkMarshall(values);
      expect(attributes).toEqual(sent(bySdk));
      expect(unmarshall(attributes)).toEqual(sdkUnmarshall(bySdk));
    }),
  );
});

it.each([
  ['text', 'ü\0', { S: 'ü\0' }],
  ['an empty text', '', { S: '' }],
  ['a number', 1.5, { N: '1.5' }],
  ['a large number', 2 ** 53, { N: '9007199254740992' }],
  ['true', true, { BOOL: true }],
  ['null', null, { NULL: true }],
  ['bytes', new Uint8Array([0, 255]), { B: 'AP8=' }],
  ['no bytes', new Uint8Array(), { B: '' }],
  ['a set', new Set(['a', 'b']), { SS: ['a', 'b'] }],
  ['an array', [1, 'a'], { L: [{ N: '1' }, { S: 'a' }] }],
  ['an object', { a: { b: 1 } }, { M: { a: { M: { b: { N: '1' } } } } }],
])('keeps %s', (_, value, attribute) => {
  expect(marshall({ value })).toEqual({ value: attribute });
  expect(unmarshall({ value: attribute as never })).toEqual({ value });
});

it('leaves out what is undefined, at any depth', () => {
  expect(marshall({ a: undefined, b: { c: undefined } })).toEqual({ b: { M: {} } });
});

it('takes a member __proto__ for a member like any other', () => {
  const values = JSON.parse('{"__proto__": "a", "b": {"__proto__": {"c": 1}}}');
  const read = unmarshall(marshall(values));
  expect(JSON.stringify(read)).toBe(JSON.stringify(values));
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
});

it.each([
  ['NaN', Number.NaN],
  ['infinity', Number.POSITIVE_INFINITY],
  ['a function', () => {}],
  ['a date', new Date()],
  ['a map', new Map()],
  ['a bigint', 1n],
  ['undefined in an array', [undefined]],
  ['an empty set', new Set()],
  ['a set of numbers', new Set([1])],
  ['a set with a hole', new Set(['a', undefined])],
])('refuses %s, and does not keep something else', (_, value) => {
  expect(() => marshall({ value })).toThrow(TypeError);
});

it.each([{ NS: ['1'] }, { BS: ['AA=='] }, {}])('does not read %j as anything', (attribute) => {
  expect(() => unmarshall({ value: attribute as never })).toThrow(TypeError);
});
