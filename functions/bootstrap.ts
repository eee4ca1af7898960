import type { Context } from 'aws-lambda';
import * as v from 'valibot';
import { bootstrapAdmin } from '../lib/bootstrap.ts';
import { parse } from '../lib/http/input.ts';
import { usernameSchema } from '../lib/names.ts';

const input = v.strictObject({ username: v.optional(usernameSchema, 'admin') });

/**
 * Makes or takes back the global admin and returns a token once. On no route: whoever may invoke
 * it by IAM is the root of trust.
 */
export const handler = async (
  event: unknown,
  { awsRequestId }: Context,
): Promise<{ username: string; token: string }> =>
  bootstrapAdmin(parse(input, event ?? {}, 'The payload').username, awsRequestId);
