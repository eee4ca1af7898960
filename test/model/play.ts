import { isDeepStrictEqual } from 'node:util';
import { toCall } from './calls.ts';
import type { Command } from './commands.ts';
import { checkInvariants } from './invariants.ts';
import { type Answer, bootstrap, type Call, type Model, newModel } from './model.ts';
import { names } from './permissions.ts';
import { apply, mayHaveToWait } from './rules.ts';
import { newUniverse } from './universe.ts';

/** A call, and what the product answered. */
interface Exchange {
  call: Call;
  answer: Answer;
}

const orders = <T>(items: readonly T[]): (readonly T[])[] =>
  items.length < 2
    ? [items]
    : items.flatMap((first, at) =>
        orders(items.toSpliced(at, 1)).map((others) => [first, ...others]),
      );

/** The model after these exchanges in this order; undefined when one of the answers would be wrong. */
const replay = (model: Model, exchanges: readonly Exchange[]): Model | undefined => {
  let now = model;
  for (const { call, answer } of exchanges) {
    if (answer.status === 429 && mayHaveToWait(now, call)) continue;
    const before = now;
    now = structuredClone(before);
    if (!isDeepStrictEqual(apply(now, call), answer)) return undefined;
    checkInvariants(before, call, now);
  }
  return now;
};

const distinct = (models: readonly Model[]): Model[] =>
  models.filter((model, at) => models.findIndex((other) => isDeepStrictEqual(other, model)) === at);

const show = (value: unknown): string =>
  JSON.stringify(value, (_, inner) => (inner instanceof Set ? [...inner] : inner));
const showAll = (exchanges: readonly Exchange[]): string[] =>
  exchanges.map(({ call, answer }) => `  ${show(call)} → ${show(answer)}`);

/** Says what the rules answer where the calls come one by one as they are listed. */
const unexplained = (past: string[], models: readonly Model[], asked: Exchange[]): Error => {
  const expected = models.map((model) => {
    const now = structuredClone(model);
    return asked.map(({ call }) => `  ${show(apply(now, call))}`).join('\n');
  });
  const isOne = asked.length === 1;
  return new Error(
    [
      'After',
      ...past,
      isOne ? 'came' : 'came at the same time, in no order that would explain it,',
      ...showAll(asked),
      isOne ? 'instead of' : 'which in this order would be',
      expected.join('\nor\n'),
    ].join('\n'),
  );
};

/** Two who may do everything, one who administers users and tables, and one whom that one covers. */
const opening: Call[] = [
  { name: 'ann', policies: ['* * admin'] },
  { name: 'bob', policies: ['* * admin', 'table bob read'] },
  { name: 'cat', policies: ['user * admin', 'table * admin'] },
  { name: 'dan', policies: ['table ann read'] },
].flatMap(({ name, policies }): Call[] => [
  { do: 'create user', by: bootstrap, name, password: 'one', policies },
  { do: 'mint key', by: bootstrap, name, as: `key of ${name}` },
]);

/** Asks for all there is, by everyone. */
const closing = ({ tokens }: Model): Call[] => [
  ...[...tokens.keys()].map((by): Call => ({ do: 'get me', by })),
  ...names.flatMap((name): Call[] => [
    { do: 'list permissions', by: bootstrap, name },
    { do: 'list keys', by: bootstrap, name },
  ]),
];

/** Plays a history to the product and to the model; throws where they part. Returns all that was said. */
export const play = async (steps: readonly Command[][]): Promise<Exchange[]> => {
  const ask = newUniverse();
  const said: Exchange[] = [];
  const past: string[] = [];
  /** More than one where calls at the same time are explained by more than one order. */
  let models = [newModel()];

  const take = async (calls: readonly Call[], ordersOf = orders<Exchange>) => {
    const answers = await ask(calls);
    const exchanges = calls.map((call, at) => ({ call, answer: answers[at] ?? { status: 0 } }));
    const after = models.flatMap((model) =>
      ordersOf(exchanges).flatMap((order) => replay(model, order) ?? []),
    );
    if (after.length === 0) throw unexplained(past, models, exchanges);
    models = distinct(after);
    said.push(...exchanges);
    past.push(...(calls.length > 1 ? ['  at the same time'] : []), ...showAll(exchanges));
  };
  const now = () => models[0] ?? newModel();

  for (const call of opening) await take([call]);
  for (const [at, step] of steps.entries()) {
    await take(step.map((command, place) => toCall(command, now(), `${at}.${place}`)));
  }
  // Nothing changes any more, so one order will do.
  await take(closing(now()), (exchanges) => [exchanges]);
  return said;
};
