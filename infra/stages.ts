/** Requests a second, and how many may come at once. */
interface Throttle {
  rate: number;
  burst: number;
}

/** Settings of one stage; each stage is a stack of its own. */
export interface Stage {
  name: string;
  /** Data outlives the stack, and the table cannot be deleted by mistake. */
  keepsData: boolean;
  passwordMinLength: number;
  /** log2 of bcrypt's rounds */
  bcryptCost: number;
  /**
   * Milliseconds that a failed login takes at least, so that its time does not tell how the user's hash was made:
   * more than the dearest one that an import takes (lib/imported-hashes.ts), twice. 0 lets it tell.
   */
  failedLoginMs: number;
  logRetentionDays: number;
  /** How long a user's history is kept. */
  auditRetentionDays: number;
  /** For each method. */
  throttle: Throttle;
  /** For logins instead: each costs a hash, and a flood of them is guessing. */
  loginThrottle: Throttle;
  /** Logs each request. Needs API Gateway's role for logs, set once for an account and a region. */
  accessLogs: boolean;
  /** Watches the stage, for about $0.70 a month. */
  alarms: boolean;
  /** Sites whose scripts may call the API from a browser, as `https://app.example.com`. */
  allowedOrigins: readonly string[];
}

const usual = {
  keepsData: true,
  passwordMinLength: 8,
  bcryptCost: 12,
  failedLoginMs: 1000,
  auditRetentionDays: 400,
  accessLogs: true,
  alarms: true,
  allowedOrigins: [],
};

const stages: Record<string, Omit<Stage, 'name'>> = {
  dev: {
    ...usual,
    keepsData: false,
    logRetentionDays: 7,
    throttle: { rate: 10_000, burst: 5000 },
    // Tests log in hundreds of times a second, and often wrong.
    failedLoginMs: 0,
    loginThrottle: { rate: 10_000, burst: 5000 },
    accessLogs: false,
    alarms: false,
  },
  staging: {
    ...usual,
    logRetentionDays: 30,
    throttle: { rate: 500, burst: 1000 },
    loginThrottle: { rate: 10, burst: 20 },
  },
  prod: {
    ...usual,
    logRetentionDays: 400,
    throttle: { rate: 2000, burst: 4000 },
    loginThrottle: { rate: 20, burst: 40 },
  },
};

/** The settings of a stage by name. Throws for an unknown one, naming those there are. */
export const stageOf = (name: string): Stage => {
  const settings = Object.hasOwn(stages, name) ? stages[name] : undefined;
  if (!settings) {
    throw new Error(`There is no stage "${name}": use one of ${Object.keys(stages).join(', ')}.`);
  }
  return { name, ...settings };
};
