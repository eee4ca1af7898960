import { describe, expect, it } from 'vitest';
import {
  accessTypes,
  allows,
  covers,
  effective,
  holder,
  type Permission,
} from '../../lib/access.ts';

const permission = (text: string): Permission => {
  const [resource_type = '', resource = '', type = ''] = text.split(' ');
  return { resource_type, resource, type: type as Permission['type'] };
};

describe('covers', () => {
  it.each<[held: string, need: string, enough: boolean]>([
    ['table orders read', 'table orders read', true],
    ['table orders read', 'table orders write', false],
    ['table orders write', 'table orders read', false],
    ['table orders admin', 'table orders read', true],
    ['table orders admin', 'table orders write', true],
    ['table orders read', 'table orders admin', false],
    ['table orders read', 'table other read', false],
    ['table * read', 'table orders read', true],
    ['table orders read', 'table * read', false],
    ['table * read', 'table * read', true],
    ['* orders read', 'table orders read', true],
    ['table orders read', '* orders read', false],
    ['user orders read', 'table orders read', false],
    ['* * admin', 'anything whatever write', true],
    ['* * read', 'anything whatever write', false],
    ['table Orders read', 'table orders read', false],
  ])('%s for %s: %s', (held, need, enough) => {
    expect(covers(permission(held), permission(need))).toBe(enough);
  });
});

const all = ['*', 'table', 'user'].flatMap((resource_type) =>
  ['*', 'a', 'b'].flatMap((resource) =>
    accessTypes.map((type): Permission => ({ resource_type, resource, type })),
  ),
);

describe('effective', () => {
  it('allows exactly what grant and scope both allow, for every pair', () => {
    for (const grant of all) {
      for (const line of all) {
        const holding = { grants: [grant], scope: [line] };
        const shown = { grants: [...effective(holding)] };
        for (const need of all) {
          expect(allows(shown, need), JSON.stringify({ grant, line, need })).toBe(
            covers(grant, need) && covers(line, need),
          );
        }
      }
    }
  });

  it('shows each once, however many grants and lines have it in common', () => {
    const wide = permission('* * admin');
    const narrow = permission('table orders read');
    const shown = [...effective({ grants: [wide, narrow], scope: [narrow, narrow] })];
    expect(shown).toEqual([narrow]);
  });

  it('is nothing through an empty scope and the grants without one', () => {
    expect([...effective({ grants: all, scope: [] })]).toEqual([]);
    expect([...effective({ grants: all })]).toEqual(all);
  });
});

describe('holder', () => {
  it('allows what allows does, for every pair of grants and with every scope', () => {
    for (const first of all) {
      for (const second of all) {
        for (const scope of [undefined, [], [first]]) {
          const holding = { grants: [first, second], scope };
          const mayDo = holder(holding);
          const differing = all.filter((need) => mayDo(need) !== allows(holding, need));
          expect(differing, JSON.stringify(holding)).toEqual([]);
        }
      }
    }
  });
});
