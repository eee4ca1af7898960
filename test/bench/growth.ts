// How time over HTTP and units grow with the number of users, and with that of one user's grants. All sizes
// take turns, so that the machine's moods meet all alike; so each number of users has a stack of its own. A
// listing of very many users is slower here than on AWS, and of more requests: see cost.ts.
import { costOf, isByAuthorizer, startProxyTo } from '../support/table-proxy.ts';
import {
  admin,
  nameOf,
  password,
  patiently,
  read,
  resourceOf,
  seedHolder,
  seedUsers,
  users,
} from './seed.ts';
import { quantile, startBench, writeResult } from './stack.ts';

const userCounts = [10, 100, 1000, 10_000, 100_000];
const grantCounts = [1, 10, 100, 1000, 10_000];
const warmUps = 30;
const times = 100;
/** Of what hashes a password. */
const fewTimes = 20;
const listingTimes = 5;

/** A stack through a proxy that only passes on, but when it is to count. */
const start = async (userCount: number) => {
  let proxy: Awaited<ReturnType<typeof startProxyTo>> | undefined;
  const bench = await startBench(async (endpoint) => {
    proxy = await startProxyTo(endpoint);
    return proxy.endpoint;
  });
  await seedUsers(bench, 0, userCount);
  const service = await seedHolder(bench, 'service', 0, [{ ...admin('user'), type: 'read' }]);
  const close = async () => {
    await bench.close();
    proxy?.close();
  };
  return { ...bench, service, userCount, proxy, close };
};
type Started = Awaited<ReturnType<typeof start>>;

/** One operation at one size, and how often it is timed. The n-th call is another than the one before. */
interface Asked {
  operation: string;
  times: number;
  ask: (n: number) => Promise<unknown>;
}

type Holder = Awaited<ReturnType<typeof seedHolder>>;

const asked = (operation: string, ask: Asked['ask'], often = times): Asked => ({
  operation,
  times: often,
  ask,
});

/** What everyone does all the time. */
const usual = ({ call, service }: Started, { name, token }: Holder): Asked[] => {
  const question = {
    subject: { type: 'user', id: name },
    action: { name: 'read' },
    resource: { type: 'table', id: resourceOf(0) },
  };
  const evaluate = () => call('POST /access/v1/evaluation', 200, question, service.token);
  const grant = (n: number) => call(`POST ${users}/${name}/permissions`, 201, read(`new-${n}`));
  const login = () => call('POST /api/v1/sessions', 201, { username: name, password });
  return [
    asked('GET /users/me', () => call(`GET ${users}/me`, 200, undefined, token)),
    asked('GET /users/{userName}', () => call(`GET ${users}/${name}`, 200)),
    asked('POST /access/v1/evaluation', evaluate),
    asked('POST /users/{userName}/permissions', grant),
    asked('POST /sessions', login, fewTimes),
  ];
};

/** What meets the number of users. */
const ofMany = ({ call, userCount }: Started): Asked[] => {
  const page = `GET ${users}?limit=100`;
  const middle = `${page}&after=${nameOf(userCount / 2)}`;
  const create = (n: number) => call(`POST ${users}/made-${n}`, 201, { password });
  return [
    asked('GET /users?limit=100', () => call(page, 200)),
    asked('GET /users?limit=100, from the middle', () => call(middle, 200)),
    asked('POST /users/{userName}', create, fewTimes),
  ];
};

/** What meets the number of one user's grants. */
const ofHolder = ({ call, service }: Started, { name }: Holder): Asked[] => {
  const subject = { type: 'user', id: name };
  const action = { name: 'read' };
  const resource = { type: 'table', id: resourceOf(0) };
  const evaluations = Array.from({ length: 100 }, (_, n) => ({
    resource: { type: 'table', id: resourceOf(n) },
  }));
  const search = { subject, action, resource: { type: 'table' }, page: { limit: 100 } };
  const ask = (api: string, what: string, body: object) =>
    asked(`POST /access/v1/${api}${what}`, () =>
      call(`POST /access/v1/${api}`, 200, body, service.token),
    );
  return [
    ask('evaluations', ', 100 of one user', { subject, action, evaluations }),
    ask('search/action', '', { subject, resource }),
    ask('search/resource', ', 100 at most', search),
  ];
};

interface Size<S> {
  size: S;
  on: Started;
  operations: Asked[];
}

/** Counts one operation at one size. */
const count = async ({ proxy }: Started, ask: () => Promise<unknown>) => {
  // Whoever calls is known to the gateway then.
  await ask();
  proxy?.take();
  proxy?.count();
  await ask();
  proxy?.count(false);
  const requests = proxy?.take().filter((one) => !isByAuthorizer(one)) ?? [];
  const { round_trips: _, ...cost } = costOf(requests);
  return cost;
};

/** Counts and times every operation at every size in turn. */
const measure = async <S extends object>(sizes: readonly Size<S>[]) => {
  const results = [];
  for (const index of sizes[0]?.operations.keys() ?? []) {
    const figures = [];
    for (const { size, on, operations } of sizes) {
      const { operation, times, ask } = operations[index] as Asked;
      let n = 0;
      const next = () => ask(n++);
      const cost = await count(on, next);
      figures.push({ operation, size, times, cost, next, ms: [] as number[] });
    }
    for (const { times: most, next } of figures) {
      for (let n = 0; n < Math.min(most, warmUps); n++) await next();
    }
    for (let round = 0; round < (figures[0]?.times ?? 0); round++) {
      for (const { next, ms } of figures) {
        // Not timed, so that none pays for what the one before it left to be done.
        await next();
        const started = performance.now();
        await next();
        ms.push(performance.now() - started);
      }
    }
    for (const { operation, size, cost, ms } of figures) {
      const timed = { p50_ms: quantile(ms, 0.5), p95_ms: quantile(ms, 0.95) };
      results.push({ operation, ...size, ...cost, ...timed });
    }
  }
  return results;
};

/** Lists everyone, by the link as long as there is one. */
const listAll = async ({ admin: { base_url, token }, userCount }: Started) => {
  const started = performance.now();
  let [answers, bytes, listed] = [0, 0, 0];
  let next: string | undefined = `${base_url}${users}`;
  while (next) {
    const response: Response = await fetch(next, { headers: { Authorization: `Bearer ${token}` } });
    const text = await response.text();
    if (response.status !== 200) throw new Error(text);
    answers++;
    bytes += Buffer.byteLength(text);
    listed += JSON.parse(text).length;
    next = /<([^>]+)>/.exec(response.headers.get('link') ?? '')?.[1];
  }
  const ms = performance.now() - started;
  if (listed < userCount) throw new Error(`Of ${userCount} users ${listed} were listed.`);
  return { ms, answers, bytes, listed };
};

/** Lists everyone a few times over, at each number of users in turn. */
const measureListings = async () => {
  const listings = started.map((on) => ({ on, ms: [] as number[] }));
  for (let run = 0; run < listingTimes; run++) {
    for (const { on, ms } of listings) {
      await patiently(() => listAll(on));
      ms.push((await patiently(() => listAll(on))).ms);
    }
  }
  const results = [];
  for (const { on, ms } of listings) {
    const { answers, bytes, listed } = await patiently(() => listAll(on));
    const { requests, read_units } = await patiently(() => count(on, () => listAll(on)));
    const timed = { p50_ms: quantile(ms, 0.5), most_ms: quantile(ms, 1) };
    results.push({ users: listed, answers, bytes, requests, read_units, ...timed });
  }
  return results;
};

const started: Started[] = [];
for (const userCount of userCounts) started.push(await start(userCount));

const ofUsers = [];
for (const on of started) {
  const holder = await seedHolder(on, 'holder', 1);
  ofUsers.push({
    size: { users: on.userCount },
    on,
    operations: [...usual(on, holder), ...ofMany(on)],
  });
}
const byUsers = await measure(ofUsers);

const wholeListing = await measureListings();

const [on] = started as [Started];
const ofGrants = [];
for (const [index, grants] of grantCounts.entries()) {
  const holder = await seedHolder(on, `holder-${index}`, grants);
  // Searched before more is granted.
  ofGrants.push({
    size: { grants },
    on,
    operations: [...ofHolder(on, holder), ...usual(on, holder)],
  });
}
const byGrants = await measure(ofGrants);

for (const one of started) await one.close();
writeResult('growth', {
  times,
  times_of_hashes: fewTimes,
  by_users: byUsers,
  whole_listing: wholeListing,
  by_grants: byGrants,
});
