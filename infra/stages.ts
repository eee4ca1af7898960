/** Settings of one stage; each stage is a stack of its own. */
export interface Stage {
  name: string;
  /** Data outlives the stack, and the table cannot be deleted by mistake. */
  keepsData: boolean;
  passwordMinLength: number;
  /** log2 of bcrypt's rounds */
  bcryptCost: number;
  logRetentionDays: number;
  /** How long a user's history is kept. */
  auditRetentionDays: number;
  /** Requests a second to each method, and how many may come at once. */
  throttle: { rate: number; burst: number };
}

const stages: Record<string, Omit<Stage, 'name'>> = {
  dev: {
    keepsData: false,
    passwordMinLength: 8,
    bcryptCost: 12,
    logRetentionDays: 7,
    auditRetentionDays: 400,
    throttle: { rate: 10_000, burst: 5000 },
  },
  staging: {
    keepsData: true,
    passwordMinLength: 8,
    bcryptCost: 12,
    logRetentionDays: 30,
    auditRetentionDays: 400,
    throttle: { rate: 500, burst: 1000 },
  },
  prod: {
    keepsData: true,
    passwordMinLength: 8,
    bcryptCost: 12,
    logRetentionDays: 400,
    auditRetentionDays: 400,
    throttle: { rate: 2000, burst: 4000 },
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
