import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import bcrypt from 'bcryptjs';
import { startDynamoDb } from '../../../infra/local/dynamodb.ts';
import { ofType, readTemplate, type Template } from '../../../infra/local/template.ts';
import { newGrantItems, newUserItem } from '../../../lib/table/items.ts';
import { toRequest } from './connection.ts';
import type { System } from './system.ts';

const password = 's3cr3tP@sswOrd';
const users = '/api/v1/users';

/** Bailiwick's local stack, with the table under it at hand. */
export interface Bailiwick extends System {
  table: DynamoDBDocumentClient;
  tableName: string;
  endpoint: string;
  template: Template;
  /** Key of a service that may read every user. */
  key: string;
}

/** Starts the local stack as `npm start` does, on a DynamoDB Local on disk or in memory. */
export const startBailiwick = async (
  folder: string,
  bcryptCost: number,
  onDisk = false,
): Promise<Bailiwick> => {
  const dynamodb = await startDynamoDb(onDisk ? join(folder, 'dynamodb') : undefined);
  const stack = spawn(execPath, ['infra/local/start.ts'], {
    cwd: join(import.meta.dirname, '../../..'),
    env: {
      ...env,
      PORT: '0',
      DATA_DIR: folder,
      DYNAMODB_ENDPOINT: dynamodb.endpoint,
      BCRYPT_COST: String(bcryptCost),
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await new Promise<void>((resolve, reject) => {
    stack.stdout.on('data', (chunk) => String(chunk).includes('answers on') && resolve());
    stack.once('exit', () => reject(new Error('The local stack did not start.')));
  });
  const { base_url: baseUrl, token } = JSON.parse(readFileSync(join(folder, 'admin.json'), 'utf8'));
  const template = readTemplate(join(folder, 'cdk.out'), 'bailiwick-dev');
  const [tableName = ''] = ofType(template, 'AWS::DynamoDB::Table')[0] ?? [];
  const table = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: dynamodb.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
    }),
  );
  const passwordHash = await bcrypt.hash(password, bcryptCost);

  const admin = { Authorization: `Bearer ${token}` };
  const call = async (route: string, body: object) => {
    const [method = '', path = ''] = route.split(' ');
    const response = await fetch(baseUrl + path, {
      method,
      headers: { ...admin, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.status !== 201) throw new Error(`${route}: ${response.status}`);
    return (await response.json()) as { encoded: string };
  };
  await call(`POST ${users}/service`, {
    password,
    initial_policies: [{ resource: '*', resource_type: 'user', type: 'read' }],
  });
  const { encoded: key } = await call(`POST ${users}/service/api-keys`, { name: 'bench' });
  const service = { Authorization: `Bearer ${key}` };

  const me = {
    request: toRequest(`GET ${users}/me`, service),
    status: 200,
    holds: '"username":"service"',
  };
  const list = {
    request: toRequest(`GET ${users}?limit=100`, admin),
    status: 200,
    holds: '"username":"admin"',
  };
  const check = (subject: string, resource: { type: string; id: string }) => ({
    request: toRequest('POST /access/v1/evaluation', service, {
      subject: { type: 'user', id: subject },
      action: { name: 'read' },
      resource,
    }),
    status: 200,
    holds: '"decision":true',
  });
  return {
    name: onDisk ? 'Bailiwick, table on disk' : 'Bailiwick',
    baseUrl,
    pid: stack.pid ?? 0,
    table,
    tableName,
    endpoint: dynamodb.endpoint,
    template,
    key,
    seed: async (names) => {
      const now = new Date().toISOString();
      const orders = { resource: 'orders', resource_type: 'table', type: 'read' as const };
      const items = names.flatMap((name) => [
        newUserItem({ name, userId: `id-${name}`, username: name, passwordHash, now }),
        ...newGrantItems({ name, userId: `id-${name}` }, [orders], { by: 'bench', at: now }),
      ]);
      for (let n = 0; n < items.length; n += 25) {
        const puts = items.slice(n, n + 25).map((item) => ({ PutRequest: { Item: { ...item } } }));
        const RequestItems = { [tableName]: puts };
        await table.send(new BatchWriteCommand({ RequestItems }));
      }
    },
    operations: {
      'who am I by API key': () => me,
      'permission check': (user) => check('service', { type: 'user', id: user }),
      'permission check of another user': (user) => check(user, { type: 'table', id: 'orders' }),
      'list 100': () => list,
      'create user': (user, secret) => ({
        request: toRequest(`POST ${users}/${user}`, admin, {
          password: secret,
          initial_policies: [{ resource: 'orders', resource_type: 'table', type: 'read' }],
        }),
        status: 201,
        holds: `"username":"${user}"`,
      }),
      'set password': (user, secret) => ({
        request: toRequest(`PUT ${users}/${user}/password`, admin, { new_password: secret }),
        status: 200,
        holds: '"message":',
      }),
      'delete user': (user) => ({
        request: toRequest(`DELETE ${users}/${user}`, admin),
        status: 204,
        holds: '',
      }),
    },
    namesIn: (body) => JSON.parse(body).map((user: { username: string }) => user.username),
    close: async () => {
      if (stack.kill('SIGTERM')) await once(stack, 'exit');
      table.destroy();
      await dynamodb.close();
    },
  };
};
