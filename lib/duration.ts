import * as v from 'valibot';

export const hourMs = 3_600_000;

/** Milliseconds of each unit, as Go writes them (`time.ParseDuration`). */
const units: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: hourMs,
};

/** Go holds a duration in 64 bits of nanoseconds, some 292 years; a longer one is none. */
const mostMs = 2 ** 63 / 1e6;

/** A number can be read in one way only, so that a long one is refused as fast as it is read. */
const part = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y;
const mostCharacters = 64;

/**
 * Milliseconds of a Go duration such as `720h`, `1h30m` or `-1.5s` (Go's `time.ParseDuration`);
 * undefined for any other text, and for one that no person writes for its length.
 */
export const parseDuration = (text: string): number | undefined => {
  if (text.length > mostCharacters) return undefined;
  const [, sign, rest = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (rest === '0') return 0;
  let ms = 0;
  part.lastIndex = 0;
  while (part.lastIndex < rest.length) {
    const [, number, unit = ''] = part.exec(rest) ?? [];
    if (number === undefined) return undefined;
    ms += Number(number) * (units[unit] ?? 0);
  }
  if (rest === '' || ms > mostMs) return undefined;
  return sign === '-' ? -ms : ms;
};

const durationRule = 'must be a duration such as 720h, 1h30m or 45s';

/** Input schema of how long a token lives; out come milliseconds. */
export const lifetimeSchema = v.pipe(
  v.string(durationRule),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const ms = parseDuration(dataset.value);
    if (ms !== undefined && ms >= 1000) return ms;
    const message =
      ms === undefined ? durationRule : ms < 0 ? 'must not be negative' : 'must be at least 1s';
    addIssue({ message });
    return NEVER;
  }),
);
