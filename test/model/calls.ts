import type { Command, TokenPick } from './commands.ts';
import { bootstrap, type Call, type Model, type Password } from './model.ts';
import { globalAdmin } from './permissions.ts';

/** The token that a command means, or if there is none such, one that comes close. */
const pick = (
  { tokens }: Model,
  { isDead, nth, of }: TokenPick,
  isOne: (id: string) => boolean = () => true,
): string => {
  const all = [...tokens].filter(([id]) => isOne(id));
  const wanted = all.filter(([, { alive }]) => alive !== isDead);
  const theirs = wanted.filter(([, { owner }]) => owner === of);
  const from = [theirs, wanted].find(({ length }) => length > 0) ?? all;
  return from[nth % from.length]?.[0] ?? bootstrap;
};

const passwordOf = ({ users }: Model, name: string, isRight: boolean): Password => {
  const right = users.get(name)?.password ?? 'one';
  return isRight ? right : right === 'one' ? 'two' : 'one';
};

/**
 * The call that a command is as things stand. Nothing is ever done to the first admin.
 * @param as what to call the token that it may make
 */
export const toCall = (command: Command, model: Model, as: string): Call => {
  const ownerOf = (id: string) => model.tokens.get(id)?.owner ?? '';
  const isOurs = (id: string) => ownerOf(id) !== bootstrap;
  if (command.do === 'log in') {
    const { do: what, name, isRight } = command;
    return { do: what, name, password: passwordOf(model, name, isRight), as };
  }
  const isAboutSelf =
    command.do === 'set own password' || ('name' in command && command.name === 'self');
  const by = pick(model, command.by, isAboutSelf || command.do === 'log out' ? isOurs : undefined);
  const about = 'name' in command && !isAboutSelf ? command.name : ownerOf(by);
  switch (command.do) {
    case 'set own password': {
      const current = passwordOf(model, about, command.isRight);
      return { do: 'set password', by, name: about, password: command.password, current };
    }
    case 'delete key': {
      const isKey = (id: string) => isOurs(id) && model.tokens.get(id)?.kind === 'key';
      const key = pick(model, command.key, isKey);
      return { do: 'delete key', by, name: ownerOf(key), key };
    }
    case 'revoke what is held': {
      const { nth, everyType } = command;
      const held = [...(model.users.get(about)?.grants ?? [])];
      const permission = held[nth % held.length] ?? globalAdmin;
      return { do: 'revoke', by, name: about, permission, everyType };
    }
    case 'mint key':
      return { ...command, by, name: about, as };
    case 'get me':
    case 'log out':
      return { do: command.do, by };
    default:
      return { ...command, by, name: about };
  }
};
