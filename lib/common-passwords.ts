// The most used passwords of 8 characters and more, from zxcvbn-ts (MIT), lower-cased, one string.
import list from './common-passwords.json' with { type: 'json' };

let known: Set<string> | undefined;

/** Whether a password, in any case, is among the few thousand that guessers try first. */
export const isCommonPassword = (password: string): boolean => {
  known ??= new Set(list.split(' '));
  return known.has(password.toLowerCase());
};
