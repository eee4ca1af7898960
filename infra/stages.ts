/** Requests a second, and how many may come at once. */
interface Throttle {
  rate: number;
  burst: number;
}

/** A name of one's own for the API; needs a certificate for it in the same region. */
interface Domain {
  name: string;
  certificateArn: string;
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
   * more than comparing the dearest hash twice, which at cost 12 takes some 640 ms. 0 lets it tell.
   */
  failedLoginMs: number;
  logRetentionDays: number;
  /** How long a user's history is kept. */
  auditRetentionDays: number;
  /** For each method. */
  throttle: Throttle;
  /** For logins instead: each costs a hash, and a flood of them is guessing. */
  loginThrottle: Throttle;
  /** For the library of the reference, 1.1 MB that anyone may ask for and a browser keeps. */
  libraryThrottle: Throttle;
  /** Logs each request. Needs API Gateway's role for logs, set once for an account and a region. */
  accessLogs: boolean;
  /** Watches the stage: alarms for about $0.70 a month, and a dashboard, free for the first three in an account. */
  alarms: boolean;
  /** SNS topic that is told when an alarm begins and when it ends; else they only show in the console. */
  alarmTopicArn?: string;
  /**
   * Traces requests from the gateway into the functions by AWS X-Ray: one a second and a twentieth of the rest, $5 a
   * million. Their request ids stand in the logs.
   */
  traces: boolean;
  domain?: Domain;
  /** Name of a table that was restored from a backup, to be used in place of the stack's own. */
  restoredTable?: string;
  /** Sites whose scripts may call the API from a browser, as `https://app.example.com`. */
  allowedOrigins: readonly string[];
}

const usual = {
  keepsData: true,
  passwordMinLength: 8,
  bcryptCost: 12,
  failedLoginMs: 1000,
  auditRetentionDays: 400,
  libraryThrottle: { rate: 20, burst: 40 },
  accessLogs: true,
  alarms: true,
  traces: false,
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

/** Throws for settings that contradict each other. */
export const withoutContradiction = (stage: Stage): Stage => {
  const { name, bcryptCost, failedLoginMs, alarms, alarmTopicArn } = stage;
  if (failedLoginMs > 0 && failedLoginMs < 1000 * 2 ** (bcryptCost - 12)) {
    throw new Error(
      `The stage ${name} compares passwords for longer than a failed login takes: raise failedLoginMs with bcryptCost.`,
    );
  }
  if (alarmTopicArn && !alarms) {
    throw new Error(`The stage ${name} has no alarms to send: leave alarmTopicArn out.`);
  }
  return stage;
};

/**
 * The settings of a stage by name. Throws for an unknown one, naming those there are, and for settings that contradict
 * each other.
 */
export const stageOf = (name: string): Stage => {
  const settings = Object.hasOwn(stages, name) ? stages[name] : undefined;
  if (!settings) {
    throw new Error(`There is no stage "${name}": use one of ${Object.keys(stages).join(', ')}.`);
  }
  return withoutContradiction({ name, ...settings });
};
