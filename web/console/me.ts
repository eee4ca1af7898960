import { covers, type Permission } from '../../lib/access.ts';
import { call } from './api.ts';

/** Who the token stands for, and what it may do. */
interface Me {
  username: string;
  permissions: Permission[];
}

let me: Me = { username: '', permissions: [] };

export const readMe = async (): Promise<Me> => {
  me = (await call<Me>('GET', 'api/v1/users/me')).body;
  return me;
};

export const myName = (): string => me.username;

/* What of the page is worth showing. The API decides, and may refuse what is shown. */

const sameName = (name: string): string => name.normalize('NFKC').toLowerCase();

export const isMe = (name: string): boolean => sameName(name) === sameName(me.username);

export const may = (need: Permission): boolean => me.permissions.some((held) => covers(held, need));

export const mayToUser = (type: Permission['type'], name: string): boolean =>
  may({ type, resource_type: 'user', resource: sameName(name) });

/** Whether there is any user to act on, or anything to give to one. */
export const mayManage = (): boolean =>
  me.permissions.some(({ type, resource_type }) => type === 'admin' || onUsers(resource_type));

export const mayGrant = (): boolean => me.permissions.some(({ type }) => type === 'admin');

export const mayCreate = (): boolean =>
  me.permissions.some(({ type, resource_type }) => type === 'admin' && onUsers(resource_type));

const onUsers = (resourceType: string): boolean => ['user', '*'].includes(resourceType);
