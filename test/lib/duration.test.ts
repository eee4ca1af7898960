import { expect, it } from 'vitest';
import { parseDuration } from '../../lib/duration.ts';

// What Go's time.ParseDuration makes of each, in milliseconds; undefined where it refuses.
it.each<[string, number | undefined]>([
  ['720h', 2_592_000_000],
  ['30m', 1_800_000],
  ['1h30m', 5_400_000],
  ['1.5h', 5_400_000],
  ['.5h', 1_800_000],
  ['1.h', 3_600_000],
  ['90s', 90_000],
  ['5m5ms', 300_005],
  ['1500ms', 1500],
  ['1000us', 1],
  ['1000µs', 1],
  ['1000μs', 1],
  ['1000000ns', 1],
  ['+5s', 5000],
  ['-5s', -5000],
  ['0', 0],
  ['-0', 0],
  ['0s', 0],
  ['2562047h', 9_223_369_200_000],
  ['2562048h', undefined],
  ['', undefined],
  ['-', undefined],
  ['h', undefined],
  ['.h', undefined],
  ['5', undefined],
  ['5 m', undefined],
  ['5m ', undefined],
  ['5m3', undefined],
  ['5d', undefined],
  ['5H', undefined],
  ['1e3s', undefined],
  ['--5s', undefined],
  ['5s-1s', undefined],
  ['٥s', undefined],
  ['Infinityh', undefined],
  ['5s\n', undefined],
])('%j is %s ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});
