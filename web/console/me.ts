import { covers } from '../../lib/access.ts';
import type { Permission } from '../../lib/client/client.ts';
import { foldName } from '../../lib/fold-name.ts';
import { api } from './api.ts';

/** Who the token stands for, and what it may do. */
interface Me {
  username: string;
  permissions: Permission[];
}

let me: Me = { username: '', permissions: [] };

/** As much as one answer holds, which is some 50,000 permissions. */
export const readMe = async (): Promise<Me> => {
  me = await api.get('/api/v1/users/me');
  return me;
};

export const myName = (): string => me.username;

/* What of the page is worth showing. The API decides, and may refuse what is shown. */

export const isMe = (name: string): boolean => foldName(name) === foldName(me.username);

export const may = (need: Permission): boolean => me.permissions.some((held) => covers(held, need));

export const mayToUser = (type: Permission['type'], name: string): boolean =>
  may({ type, resource_type: 'user', resource: foldName(name) });

/** Whether there is any user to act on, or anything to give to one. */
export const mayManage = (): boolean =>
  me.permissions.some(({ type, resource_type }) => type === 'admin' || onUsers(resource_type));

export const mayGrant = (): boolean => me.permissions.some(({ type }) => type === 'admin');

export const mayCreate = (): boolean =>
  me.permissions.some(({ type, resource_type }) => type === 'admin' && onUsers(resource_type));

const onUsers = (resourceType: string): boolean => ['user', '*'].includes(resourceType);
