import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Admin, ensureAdmin } from './admin.ts';
import { synthesize } from './assembly.ts';
import { takeDataDir } from './data-dir.ts';
import { startDynamoDb } from './dynamodb.ts';
import { type LambdaFunction, readFunctions } from './functions.ts';
import { createGateway } from './gateway.ts';
import { createInvoker } from './invoker.ts';
import { Problem } from './problem.ts';
import type { Settings } from './settings.ts';
import { ensureTable } from './table.ts';
import { readTemplate, region } from './template.ts';

/** A running local stack. */
export interface LocalStack {
  baseUrl: string;
  admin: Admin;
  /** Whether the admin's token was made by this start. */
  isNewAdmin: boolean;
  close(): Promise<void>;
}

const listen = (server: Server, port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${error.message})`;
      reject(new Problem(`Port ${port} ${reason}: set PORT to another, or to 0 for any free one.`));
    });
    server.listen(port, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 2000).unref();
  });

/** Starts everything in `settings`; whatever fails, nothing that was started is left behind. */
export const startLocal = async (settings: Settings): Promise<LocalStack> => {
  const { dataDir, inMemory, bcryptCost } = settings;
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const gateway = createGateway();
    const baseUrl = await listen(gateway.server, settings.port);
    closers.push(takeDataDir(dataDir));

    const starting = settings.endpoint
      ? { endpoint: settings.endpoint, close: () => {} }
      : startDynamoDb(inMemory ? undefined : join(dataDir, 'dynamodb'));
    const [dynamodb, assembly] = await Promise.allSettled([
      starting,
      settings.assembly ?? synthesize(settings.stage, join(dataDir, 'cdk.out')),
    ]);
    if (dynamodb.status === 'fulfilled') closers.push(dynamodb.value.close);
    if (dynamodb.status === 'rejected') throw dynamodb.reason;
    if (assembly.status === 'rejected') throw assembly.reason;

    const { endpoint } = dynamodb.value;
    const template = readTemplate(assembly.value, `bailiwick-${settings.stage}`);
    await ensureTable(template, endpoint, settings.endpoint ?? (inMemory ? 'memory' : dataDir));
    const functions = readFunctions(template);
    const envOf = ({ id, environment }: LambdaFunction) => ({
      AWS_ACCESS_KEY_ID: id,
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_SESSION_TOKEN: 'local',
      AWS_REGION: region,
      TABLE_ENDPOINT: endpoint,
      AWS_LAMBDA_FUNCTION_NAME: id,
      ...(environment.BCRYPT_COST && { BCRYPT_COST: bcryptCost }),
    });
    const invoker = createInvoker(functions, envOf, settings);
    closers.push(invoker.close);
    gateway.open(template, invoker);
    closers.push(() => closeServer(gateway.server));
    const { admin, isNew } = await ensureAdmin(dataDir, baseUrl, template, invoker);
    return { baseUrl, admin, isNewAdmin: isNew, close };
  } catch (error) {
    await close();
    throw error;
  }
};
