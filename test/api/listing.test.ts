import { beforeAll, describe, expect, it } from 'vitest';
import { call, createUser, freshName, users } from '../support/api.ts';

const start = freshName('List').replace('List', 'LiSt');
const names = ['a', 'B', 'c', 'D', 'é', 'z', '１'].map((end) =>
  `${start}-${end}`.normalize('NFKC'),
);
const sorted = [...names].sort((a, b) =>
  Buffer.compare(Buffer.from(a.toLowerCase()), Buffer.from(b.toLowerCase())),
);

const nextOf = (link: string | null) => /^<([^>]+)>; rel="next"$/.exec(link ?? '')?.[1];
const namesOf = (body: { username: string }[]) => body.map(({ username }) => username);

describe('GET /users', () => {
  beforeAll(async () => {
    await Promise.all(names.map((name) => createUser(name)));
  });

  it('lists everyone, sorted without regard to case, without a link when that is all', async () => {
    const { status, headers, body } = await call(`GET ${users}`);
    expect(status).toBe(200);
    const folded = namesOf(body).map((name) => name.toLowerCase());
    expect(folded).toEqual(
      [...folded].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    );
    expect(namesOf(body)).toEqual(expect.arrayContaining(names));
    expect(headers.get('link')).toBeNull();
  });

  it.each([1, 2, 3, 7, 8])('gives each user once over pages of %i', async (limit) => {
    const seen: string[] = [];
    let next: string | undefined = `${users}?limit=${limit}&prefix=${start.toUpperCase()}`;
    while (next) {
      const { status, headers, body } = await call(`GET ${next}`);
      expect(status).toBe(200);
      expect(body.length).toBeLessThanOrEqual(limit);
      seen.push(...namesOf(body));
      next = nextOf(headers.get('link'));
    }
    expect(seen).toEqual(sorted);
  });

  it('begins after the name given, whether or not there is such a user', async () => {
    const after = `${start}-b`;
    const { body } = await call(`GET ${users}?prefix=${start}&after=${after}`);
    expect(namesOf(body)).toEqual(
      sorted.slice(sorted.findIndex((name) => name.toLowerCase() === after.toLowerCase()) + 1),
    );
    const between = await call(`GET ${users}?prefix=${start}&after=${start}-bb`);
    expect(namesOf(between.body)).toEqual(namesOf(body));
    const beyond = await call(`GET ${users}?prefix=${start}&after=${start}zz`);
    expect(beyond.body).toEqual([]);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['limit=', 'limit'],
    ['after=%23', 'after'],
    ['prefix=a%20b', 'prefix'],
    ['Limit=1', 'Limit'],
  ])('refuses ?%s and names it', async (query, field) => {
    const { status, body } = await call(`GET ${users}?${query}`);
    expect(status).toBe(400);
    expect(body.error).toMatch(new RegExp(`^${field} `));
  });
});
