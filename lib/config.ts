import { env } from 'node:process';

/** A variable of the environment; throws when it is not set. */
export const required = (name: string): string => {
  const value = env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set.`);
  return value;
};

const integer = (name: string, least: number, most: number): number => {
  const value = Number(required(name));
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new Error(`The environment variable ${name} must be a whole number ${least} to ${most}.`);
  }
  return value;
};

/** What the stack sets on each function; read at use, so that a function needs only its own. */
export const config = {
  /** Sites whose scripts may read answers; mostly none. */
  get allowedOrigins() {
    return (env.ALLOWED_ORIGINS ?? '').split(' ').filter(Boolean);
  },
  /** Name of the one table. */
  get tableName() {
    return required('TABLE_NAME');
  },
  /** Where DynamoDB is asked: as the stack says, or as AWS's SDKs are told to go elsewhere. */
  get tableEndpoint() {
    return env.AWS_ENDPOINT_URL_DYNAMODB || required('TABLE_ENDPOINT');
  },
  /** log2 of bcrypt's rounds. */
  get bcryptCost() {
    return integer('BCRYPT_COST', 4, 31);
  },
  /** Milliseconds that a failed login takes at least. */
  get failedLoginMs() {
    return integer('FAILED_LOGIN_MS', 0, 5000);
  },
  /** Fewest characters of a new password. */
  get passwordMinLength() {
    return integer('PASSWORD_MIN_LENGTH', 8, 64);
  },
  /** Days that an audit event is kept. */
  get auditRetentionDays() {
    return integer('AUDIT_RETENTION_DAYS', 1, 36_500);
  },
};
