import { describe, expect, it } from 'vitest';
import { type Failures, fromAddress, fromAnywhere, networkOf, waitMs } from '../../lib/guesses.ts';

const now = Date.parse('2026-01-01T12:00:00Z');
const minute = 60_000;
const failures = (count: number, agoMs = 0, firstAgoMs = agoMs): Failures => ({
  pk: 'LOGIN#x',
  sk: 'ANYWHERE',
  failures: count,
  first_at: now - firstAgoMs,
  last_at: now - agoMs,
  ttl: 0,
});

describe('the wait after wrong passwords', () => {
  it.each<[string, Failures | undefined, number]>([
    ['none', undefined, 0],
    ['four', failures(4), 0],
    ['five', failures(5), 1000],
    ['five, half a second ago', failures(5, 500), 500],
    ['five, a second ago', failures(5, 1000), 0],
    ['six', failures(6), 2000],
    ['fourteen', failures(14), 512_000],
    ['fifteen', failures(15), 15 * minute],
    ['a thousand', failures(1000), 15 * minute],
    ['a thousand, the last an hour ago', failures(1000, 60 * minute), 0],
    ['ten, the first hours ago', failures(10, 1000, 600 * minute), 31_000],
  ])('from one address: %s', (_, found, expected) => {
    expect(waitMs(fromAddress, found, now)).toBe(expected);
  });

  it.each<[string, Failures | undefined, number]>([
    ['ninety-nine', failures(99), 0],
    ['a hundred', failures(100), 1000],
    ['a hundred and ten', failures(110), 15 * minute],
    ['a hundred in more than an hour', failures(100, 0, 60 * minute), 0],
    ['a hundred in less than an hour', failures(100, 0, 60 * minute - 1), 1000],
  ])('from anywhere: %s', (_, found, expected) => {
    expect(waitMs(fromAnywhere, found, now)).toBe(expected);
  });
});

describe('the network of an address', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0db8:0001:0002::ffff:1', '2001:db8:1:2::/64'],
    ['2001:db8:1::2:3:4:5', '2001:db8:1:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['1::2:3:4:5:6:7', '1:0:2:3::/64'],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
