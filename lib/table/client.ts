import { env } from 'node:process';
import { config, required } from '../config.ts';
import { type Ask, createClient } from '../dynamodb/client.ts';
import type { Signer } from '../dynamodb/sign.ts';

/** The function's role, whose credentials Lambda puts into the environment. */
const role = (): Signer => ({
  credentials: {
    accessKeyId: required('AWS_ACCESS_KEY_ID'),
    secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
    sessionToken: env.AWS_SESSION_TOKEN,
  },
  region: required('AWS_REGION'),
});

/** A request is given up after 4.6 s at most, well inside a function's 10 s. */
const usual = { tries: 3, tryMs: 1500 };

let ask: Ask | undefined;

/** Asks DynamoDB, by one client for all of a function's life. */
export const askTable: Ask = (operation, input, patience) => {
  ask ??= createClient(config.tableEndpoint, role, usual);
  return ask(operation, input, patience);
};
