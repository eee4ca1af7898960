import { unauthenticated, unavailable } from '../../lib/errors.ts';
import { answerError } from '../../lib/http/answer.ts';
import { sentences } from '../sentences.ts';
import type { RefusalStatus } from './operation.ts';

const ref = (name: string) => ({ $ref: `#/components/${name}` });

/** Headers that answers carry, as components. */
export const headers = {
  'X-Request-ID': {
    description:
      'Names the request, in the history too: your own id, if a function answered and you sent one of at most 128 visible ASCII characters.',
    required: true,
    schema: { type: 'string' },
    example: '0b6c2f9a-6f0a-4b37-9d39-4f7c5a2b8f11',
  },
  Link: {
    description: 'The URL of what did not fit, as `<url>; rel="next"`. Absent when that is all.',
    schema: { type: 'string', pattern: '^<[^>]+>; rel="next"$' },
    example: '<http://127.0.0.1:3000/api/v1/users?limit=1&after=admin>; rel="next"',
  },
  'Retry-After': {
    description: 'Seconds after which to try again.',
    schema: { type: 'string', pattern: '^[0-9]+$' },
    example: '1',
  },
  'WWW-Authenticate': {
    description:
      'What to come with (RFC 6750). Of a token that was good until just now it is called `x-amzn-Remapped-WWW-Authenticate`.',
    schema: { type: 'string' },
    example: 'Bearer',
  },
};

/** Headers of an answer by reference: those that every answer has, and these. */
export const headersOf = (...names: (keyof typeof headers)[]) =>
  Object.fromEntries(
    (['X-Request-ID', ...names] as const).map((name) => [name, ref(`headers/${name}`)]),
  );

interface Refusal {
  /** What it is called as a component, for operations that have no sentences of their own for it. */
  component?: string;
  description: string;
  headers?: (keyof typeof headers)[];
  /** Sentences that say it wherever it happens. */
  sentences: readonly string[];
}

const crash = answerError(new Error()).body as { error: string };

const refusals: Record<RefusalStatus | 413 | 415 | 500 | 503 | 504, Refusal> = {
  400: {
    description: 'What was sent is not right; the sentence names the member and what would be.',
    sentences: [],
  },
  401: {
    component: 'Unauthorized',
    description: 'There is no token, or none that is good.',
    headers: ['WWW-Authenticate'],
    sentences: [sentences.noToken, unauthenticated().message],
  },
  403: {
    description: 'A permission is missing; the sentence names it.',
    sentences: [],
  },
  404: { description: 'What it is about is not there.', sentences: [] },
  409: { description: 'It cannot be done as things are.', sentences: [] },
  413: {
    component: 'ContentTooLarge',
    description: 'The body is larger than 64 KB.',
    sentences: ['The body is larger than 64 KB: send less at once.'],
  },
  415: {
    component: 'UnsupportedMediaType',
    description: 'The body is not `application/json`.',
    sentences: ['Send the body as JSON, with the header Content-Type: application/json.'],
  },
  429: {
    component: 'TooManyRequests',
    description: 'There are too many requests: wait as long as `Retry-After` says.',
    headers: ['Retry-After'],
    sentences: [sentences.throttled],
  },
  500: {
    component: 'InternalServerError',
    description: 'Something went wrong here; the log has the cause.',
    sentences: [...new Set([crash.error, sentences.crashed])],
  },
  503: {
    component: 'ServiceUnavailable',
    description: 'The service is too busy just now: to try again is safe.',
    headers: ['Retry-After'],
    sentences: [unavailable().message, sentences.unchecked],
  },
  504: {
    component: 'GatewayTimeout',
    description: 'There was no answer in time: whether it was done is not known.',
    headers: ['Retry-After'],
    sentences: [sentences.late],
  },
};

export type Status = keyof typeof refusals;

const toResponse = ({ description, headers = [] }: Refusal, said: readonly string[]) => ({
  description,
  headers: headersOf(...headers),
  content: {
    'application/json': {
      schema: ref('schemas/Error'),
      examples: Object.fromEntries(said.map((error) => [error, { value: { error } }])),
    },
  },
});

/** The refusals that need no sentence of the operation, as components. */
export const components = Object.fromEntries(
  Object.values(refusals)
    .filter(({ component }) => component !== undefined)
    .map((refusal) => [refusal.component, toResponse(refusal, refusal.sentences)]),
);

/**
 * A refusal as an operation has it.
 * @param own sentences of the operation, before those that are everybody's
 */
export const refusalOf = (status: Status, own: readonly string[] = [], isOpen = false) => {
  const refusal = refusals[status];
  if (own.length === 0) return ref(`responses/${refusal.component}`);
  const common = status === 401 && isOpen ? [] : refusal.sentences;
  return toResponse(refusal, [...own, ...common]);
};
