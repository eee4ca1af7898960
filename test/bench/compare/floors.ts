// What no implementation on this table and with these hashes goes below, from this process alone.
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import bcrypt from 'bcryptjs';
import type { Bailiwick } from './bailiwick.ts';
import type { Task } from './measure.ts';

/** One strongly consistent GetItem by the SDK's document client. */
export const oneGet =
  ({ table, tableName: TableName }: Bailiwick): Task =>
  async () => {
    const Key = { pk: 'USER#admin', sk: '#USER' };
    const { Item } = await table.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    if (Item?.username !== 'admin') throw new Error('There is no user admin.');
    return true;
  };

/** A password hashed, and one PutItem. */
export const hashAndPut =
  ({ table, tableName: TableName }: Bailiwick, password: string, cost: number): Task =>
  async (n) => {
    const password_hash = await bcrypt.hash(password, cost);
    const Item = { pk: `FLOOR#${n % 100}`, sk: '#USER', password_hash };
    await table.send(new PutCommand({ TableName, Item }));
    return true;
  };
