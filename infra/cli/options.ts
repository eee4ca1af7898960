import { InvalidArgumentError } from 'commander';

/** A whole number from 1. */
export const count = (text: string): number => {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Make it a whole number from 1.');
};
