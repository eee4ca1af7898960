import * as v from 'valibot';
import {
  type AccessType,
  accessTypes,
  allows,
  covers,
  describe,
  type Holding,
  type Permission,
} from './access.ts';
import type { Evaluation } from './authzen.ts';
import { BailiwickError, forbidden } from './errors.ts';
import { foldName } from './fold-name.ts';
import { foldResource, isResource, resourceTypeSchema, usernameSchema } from './names.ts';
import {
  type Caller,
  grantKeysFor,
  grantsFound,
  onUser,
  readStanding,
  type Standing,
} from './standing.ts';
import type { UserItem } from './table/items.ts';
import { userKey } from './table/keys.ts';
import { readEach } from './table/read.ts';

/** The folded name of a subject; undefined for what can be no user. */
export const subjectName = ({ type, id }: Evaluation['subject']): string | undefined =>
  type === 'user' && v.is(usernameSchema, id) ? foldName(id) : undefined;

/** What doing an action to a resource needs; undefined for what nobody can be granted. */
export const needOf = (
  action: { name: string },
  { type: resource_type, id }: { type: string; id: string },
): Permission | undefined => {
  const type = accessTypes.find((known) => known === action.name);
  if (!type || !v.is(resourceTypeSchema, resource_type) || !isResource(id)) return undefined;
  const resource = foldResource(resource_type, id);
  return isResource(resource) ? { resource, resource_type, type } : undefined;
};

/** A decision, why it is so, and the grant that allows it as far as its asker may know. */
export interface Decision {
  decision: boolean;
  context: { reason: string; grant?: Permission };
}

/** A question that can be asked of the table: who, and what for. */
interface Question {
  name: string;
  need: Permission;
}

/** What was asked, as a reason repeats it: a batch may repeat it a thousand times. */
const shown = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

const notGranted = ({ subject, action, resource }: Evaluation): Decision => {
  const [who, type, id] = [shown(subject.id), shown(resource.type), shown(resource.id)];
  const known = (accessTypes as readonly string[]).includes(action.name);
  const reason = known
    ? `${who} is not granted ${action.name} on ${type} ${JSON.stringify(id)}.`
    : `There is no action ${shown(action.name)}: actions are ${accessTypes.join(', ')}.`;
  return { decision: false, context: { reason } };
};

/** Whether the caller may ask about that user: as that user, or by a right to read it. */
const mayRead = (standing: Standing, name: string): boolean =>
  name === standing.caller.name || allows(standing, onUser('read', name));

/** The holding by which a question is decided: its subject's, and for oneself that of the very token. */
const holdingOf = (standing: Standing, { name, need }: Question): Holding => {
  if (name === standing.caller.name) return standing;
  const user = standing.items.get<UserItem>(userKey(name));
  return { grants: user ? grantsFound(standing.items, grantKeysFor(name, [need]), user) : [] };
};

const decide = (evaluation: Evaluation, question: Question, standing: Standing): Decision => {
  const { name, need } = question;
  const holding = holdingOf(standing, question);
  const grant = holding.grants.find((held) => covers(held, need));
  if (!grant) return notGranted(evaluation);
  if (!allows(holding, need)) {
    const reason = `This token's scope does not cover ${describe(need)}.`;
    return { decision: false, context: { reason } };
  }
  const who = shown(evaluation.subject.id);
  // Who asks by administering the resource learns that it is granted, not by what: that may be wider.
  if (!mayRead(standing, name)) {
    return { decision: true, context: { reason: `${who} is granted this.` } };
  }
  return { decision: true, context: { reason: `${who} is granted ${describe(grant)}.`, grant } };
};

/**
 * Decides evaluations, each by itself: may this subject do this to that? For oneself, for a user whom one may
 * read, and for a resource that one administers; for others the decision is an error `forbidden`. About
 * oneself a scoped token is answered for what the token may do.
 *
 * One request to the table for up to some thirty subjects and resources, of 3 items for oneself and 6 for
 * another, whatever the number of grants; one more for who only administers the resource, or may not ask.
 * @param evaluations what is an error already stays one
 */
export const evaluate = async (
  caller: Caller,
  evaluations: readonly (Evaluation | BailiwickError)[],
): Promise<(Decision | BailiwickError)[]> => {
  const questions = evaluations.map((evaluation): Question | undefined => {
    if (evaluation instanceof BailiwickError) return undefined;
    const name = subjectName(evaluation.subject);
    const need = needOf(evaluation.action, evaluation.resource);
    return name !== undefined && need ? { name, need } : undefined;
  });
  const asked = questions.filter((question) => question !== undefined);
  const others = asked.filter(({ name }) => name !== caller.name);
  const own = asked.filter(({ name }) => name === caller.name).map(({ need }) => need);
  const standing = await readStanding(
    caller,
    [...own, ...others.map(({ name }) => onUser('read', name))],
    { also: others.flatMap(({ name, need }) => [userKey(name), ...grantKeysFor(name, [need])]) },
  );

  const administers = (holding: Holding, need: Permission) =>
    allows(holding, { ...need, type: 'admin' });
  const open = others.filter(
    ({ name, need }) => !mayRead(standing, name) && !administers(standing, need),
  );
  const asker = await withGrantsFor(
    standing,
    open.map(({ need }) => need),
  );

  return evaluations.map((evaluation, index) => {
    const question = questions[index];
    if (evaluation instanceof BailiwickError) return evaluation;
    if (!question) return notGranted(evaluation);
    const { name, need } = question;
    if (mayRead(standing, name) || administers(asker, need)) {
      return decide(evaluation, question, standing);
    }
    return forbidden(
      `To ask about ${shown(evaluation.subject.id)} needs the permission ${describe(onUser('read', name))}, or ${describe({ ...need, type: 'admin' })}.`,
    );
  });
};

/** What the caller holds, with its grants that bear on further needs. */
const withGrantsFor = async (standing: Standing, needs: Permission[]): Promise<Holding> => {
  if (needs.length === 0) return standing;
  // Those on `*` are known already.
  const [, ...keys] = grantKeysFor(standing.caller.name, needs);
  const further = grantsFound(await readEach(keys), keys, standing.user);
  return { grants: [...standing.grants, ...further], scope: standing.scope };
};

/** Decides one evaluation. Throws `forbidden` where the caller may not ask. */
export const evaluateOne = async (caller: Caller, evaluation: Evaluation): Promise<Decision> => {
  const [decision] = await evaluate(caller, [evaluation]);
  if (!decision || decision instanceof BailiwickError) throw decision;
  return decision;
};

/** The actions that a subject may do to a resource. Who may ask: as of an evaluation. */
export const searchActions = async (
  caller: Caller,
  { subject, resource }: Pick<Evaluation, 'subject' | 'resource'>,
): Promise<{ name: AccessType }[]> => {
  const evaluations = accessTypes.map((name) => ({ subject, resource, action: { name } }));
  const decisions = await evaluate(caller, evaluations);
  return accessTypes
    .filter((_, index) => {
      const decision = decisions[index];
      if (decision instanceof Error) throw decision;
      return decision?.decision === true;
    })
    .map((name) => ({ name }));
};
