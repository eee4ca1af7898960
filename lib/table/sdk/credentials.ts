import { env } from 'node:process';

/**
 * Stands in for the SDK's chain of credential providers in the bundles: Lambda hands credentials over
 * in the environment, and the chain would be half of each bundle.
 */
export const defaultProvider = () => async () => {
  const accessKeyId = env.AWS_ACCESS_KEY_ID;
  const secretAccessKey = env.AWS_SECRET_ACCESS_KEY;
  if (!accessKeyId || !secretAccessKey)
    throw new Error('There are no AWS credentials in the environment.');
  return {
    accessKeyId,
    secretAccessKey,
    ...(env.AWS_SESSION_TOKEN && { sessionToken: env.AWS_SESSION_TOKEN }),
  };
};
