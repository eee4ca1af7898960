import { env } from 'node:process';
import { config, required } from '../config.ts';
import { type Ask, createClient } from '../dynamodb/client.ts';
import type { Signer } from '../dynamodb/sign.ts';

/** As what its role lets it: Lambda hands credentials over in the environment. */
const itself = (): Signer => ({
  credentials: {
    accessKeyId: required('AWS_ACCESS_KEY_ID'),
    secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
    sessionToken: env.AWS_SESSION_TOKEN,
  },
  region: required('AWS_REGION'),
});

/** So that a failing table is answered well inside a function's 10 s. */
const usual = { tries: 3, tryMs: 1500 };

let ask: Ask | undefined;

/** Asks DynamoDB, by one client for all of a function's life. */
export const askTable: Ask = (operation, input, patience) => {
  ask ??= createClient(config.tableEndpoint, itself, usual);
  return ask(operation, input, patience);
};
