import { inject } from 'vitest';
import { call as callApi, freshName, type Reply, sessions, users } from '../support/api.ts';
import { type Answer, bootstrap, type Call } from './model.ts';
import { type Permission, reach } from './permissions.ts';

const real = { one: 's3cr3tP@sswOrd', two: 'newS3cr3tP@sswOrd' };
const nobodysHash = Buffer.from('********').toString('base64');
const hoursUntil = (end?: string) => end && Math.round((Date.parse(end) - Date.now()) / 3_600_000);

interface ApiPermission {
  resource: string;
  resource_type: string;
  type: string;
}
const toLine = ({ resource_type, resource, type }: ApiPermission): Permission =>
  `${resource_type} ${resource} ${type}`;
const toLines = (permissions?: ApiPermission[]) => permissions?.map(toLine).sort();

const idIn = (encoded: string): string => encoded.split('.')[1] ?? '';

/**
 * A few names and tokens of one history's own, in the Bailiwick that all tests share. Returns what makes calls
 * there at the same time, and answers as the model does.
 */
export const newUniverse = (): ((calls: readonly Call[]) => Promise<Answer[]>) => {
  const suffix = freshName('');
  /** Tokens by the names that the model gives them. */
  const wallet = new Map([[bootstrap, inject('target').token]]);
  const nameOf = (tokenId: string) =>
    [...wallet].find(([, encoded]) => idIn(encoded) === tokenId)?.[0];

  const toApi = (permission: Permission): ApiPermission => {
    const [resource_type = '', name = '', type = ''] = permission.split(' ');
    return { resource_type, resource: name === '*' ? '*' : name + suffix, type };
  };

  const requestOf = (call: Call): { route: string; body?: object } => {
    const path = 'name' in call ? `${users}/${call.name}${suffix}` : '';
    switch (call.do) {
      case 'get me':
        return { route: `GET ${users}/me` };
      case 'get user':
        return { route: `GET ${path}` };
      case 'create user': {
        const initial_policies = call.policies.map(toApi);
        return { route: `POST ${path}`, body: { password: real[call.password], initial_policies } };
      }
      case 'delete user':
        return { route: `DELETE ${path}` };
      case 'set password': {
        const current_password = call.current && real[call.current];
        const body = { new_password: real[call.password], current_password };
        return { route: `PUT ${path}/password`, body };
      }
      case 'list permissions':
        return { route: `GET ${path}/permissions` };
      case 'grant':
        return { route: `POST ${path}/permissions`, body: toApi(call.permission) };
      case 'revoke': {
        const { resource, resource_type: resourceType, type } = toApi(call.permission);
        const query = { resource, resourceType, ...(!call.everyType && { type }) };
        return { route: `DELETE ${path}/permissions?${new URLSearchParams(query)}` };
      }
      case 'list keys':
        return { route: `GET ${path}/api-keys` };
      case 'mint key': {
        const expires_in = call.hours && `${call.hours}h`;
        const body = { name: call.as, expires_in, permissions: call.scope?.map(toApi) };
        return { route: `POST ${path}/api-keys`, body };
      }
      case 'delete key':
        return { route: `DELETE ${path}/api-keys/${idIn(wallet.get(call.key) ?? '')}` };
      case 'log in': {
        const body = { username: call.name + suffix, password: real[call.password] };
        return { route: `POST ${sessions}`, body };
      }
      case 'log out':
        return { route: `DELETE ${sessions}/current` };
      case 'end sessions':
        return { route: `DELETE ${path}/sessions` };
      case 'evaluate': {
        const { resource: id, resource_type, type } = toApi(call.permission);
        const subject = { type: 'user', id: call.name + suffix };
        const body = { subject, action: { name: type }, resource: { type: resource_type, id } };
        return { route: 'POST /access/v1/evaluation', body };
      }
    }
  };

  /** What of an answer the rules decide. Whatever is wrong with its form is left in, to be seen. */
  const toAnswer = (call: Call, { status, body: sent }: Reply): Answer => {
    if (status >= 300) return typeof sent?.error === 'string' ? { status } : { status, body: sent };
    const body = sent && JSON.parse(JSON.stringify(sent).replaceAll(suffix, ''));
    switch (call.do) {
      case 'get me': {
        const may = reach(toLines(body.permissions) ?? []);
        return { status, body: { username: body.username, may } };
      }
      case 'get user':
      case 'create user': {
        const showsHash = body.password_hash !== nobodysHash;
        return { status, body: { username: body.username, showsHash } };
      }
      case 'list permissions':
        return { status, body: toLines(body) };
      case 'list keys':
        return { status, body: body.map((key: { key_id: string }) => nameOf(key.key_id)).sort() };
      case 'mint key': {
        const [hours, scope] = [hoursUntil(body.expires_at), toLines(body.permissions)];
        return { status, body: { username: body.username, hours, scope } };
      }
      case 'log in':
        return { status, body: { username: body.username } };
      case 'evaluate': {
        const { decision, context } = body;
        return { status, body: { decision, tellsGrant: 'grant' in context } };
      }
      default:
        return body === undefined || body.message ? { status } : { status, body };
    }
  };

  const send = async (call: Call): Promise<Reply> => {
    const { route, body } = requestOf(call);
    const token = 'by' in call ? (wallet.get(call.by) ?? null) : null;
    const reply = await callApi(route, { token, ...(body && { body }) });
    if ('as' in call && reply.status === 201) {
      wallet.set(call.as, reply.body.encoded ?? reply.body.token);
    }
    return reply;
  };

  return async (calls) => {
    const replies = await Promise.all(calls.map(send));
    // Only now: a list may name a key that was made at the same time.
    return calls.flatMap((call, at) => replies.slice(at, at + 1).map((one) => toAnswer(call, one)));
  };
};
