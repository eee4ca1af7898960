import { config } from '../config.ts';
import { marshall } from '../dynamodb/values.ts';
import type { Key } from './keys.ts';

/** A piece of an update or a condition, with the placeholders it uses; each is used by one piece only. */
export interface Piece {
  text: string;
  names?: Record<string, string> | undefined;
  values?: Record<string, unknown> | undefined;
}

const placeholders = (pieces: readonly Piece[]) => {
  const names = Object.assign({}, ...pieces.map((piece) => piece.names));
  const values = Object.assign({}, ...pieces.map((piece) => piece.values));
  return {
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: marshall(values) }),
  };
};

const conditionOf = (when: readonly Piece[]) =>
  when.length > 0 && { ConditionExpression: when.map(({ text }) => `(${text})`).join(' AND ') };

export const keyOf = ({ pk, sk }: Key) => ({ pk: { S: pk }, sk: { S: sk } });

/** Puts a whole item, when all conditions hold. */
export const putOf = (item: object, ...when: Piece[]) => ({
  Put: {
    TableName: config.tableName,
    Item: marshall(item),
    ...conditionOf(when),
    ...placeholders(when),
  },
});

/** Changes an item, when all conditions hold. */
export const updateOf = (key: Key, change: Piece, ...when: Piece[]) => ({
  Update: {
    TableName: config.tableName,
    Key: keyOf(key),
    UpdateExpression: change.text,
    ...conditionOf(when),
    ...placeholders([change, ...when]),
  },
});

/** Deletes an item, when all conditions hold. */
export const deleteOf = (key: Key, ...when: Piece[]) => ({
  Delete: {
    TableName: config.tableName,
    Key: keyOf(key),
    ...conditionOf(when),
    ...placeholders(when),
  },
});

/** Writes nothing, but fails the transaction unless the condition holds. */
export const checkOf = (key: Key, when: Piece) => ({
  ConditionCheck: {
    TableName: config.tableName,
    Key: keyOf(key),
    ConditionExpression: when.text,
    ...placeholders([when]),
  },
});

/** It is of this user, and not of another of its name. */
export const ofUser = (userId: string): Piece => ({
  text: 'user_id = :user',
  values: { ':user': userId },
});

/** There is no item of this key yet. */
export const isNew: Piece = { text: 'attribute_not_exists(pk)' };
