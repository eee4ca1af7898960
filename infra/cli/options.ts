import { InvalidArgumentError } from 'commander';
import type { Patience } from '../../lib/client/retry.ts';

/** A whole number from 1. */
export const count = (text: string): number => {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Make it a whole number from 1.');
};

/** For work of many requests, which some minutes of trouble are not to end. */
export const patient: Patience = { tries: 15, totalMs: 300_000 };
