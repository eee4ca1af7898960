// better-auth as its documentation sets it up, with its admin, bearer and api-key plugins, on SQLite: a
// process of its own, forked by better-auth.ts. Plain JavaScript, as its packages are there for the bench only.
import { createServer } from 'node:http';
import { env } from 'node:process';
import { apiKey } from '@better-auth/api-key';
import bcrypt from 'bcryptjs';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { admin, bearer } from 'better-auth/plugins';
import Database from 'better-sqlite3';

const password = 's3cr3tP@sswOrd';
const cost = Number(env.BCRYPT_COST);

const database = new Database(env.DATABASE_FILE);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = NORMAL');

const server = createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const baseURL = `http://127.0.0.1:${server.address().port}`;

const options = {
  baseURL,
  database,
  secret: 'only-for-measuring-only-for-measuring',
  telemetry: { enabled: false },
  rateLimit: { enabled: false },
  emailAndPassword: {
    enabled: true,
    // Its own default, without a cost of ours, is scrypt on threads of Node's.
    ...(cost > 0 && {
      password: {
        hash: (text) => bcrypt.hash(text, cost),
        verify: ({ hash, password: text }) => bcrypt.compare(text, hash),
      },
    }),
  },
  plugins: [
    admin(),
    bearer(),
    apiKey({ enableSessionForAPIKeys: true, rateLimit: { enabled: false } }),
  ],
};
await (await getMigrations(options)).runMigrations();
const auth = betterAuth(options);
server.on('request', toNodeHandler(auth));

const { hash } = (await auth.$context).password;
const passwordHash = await hash(password);
const insertUser = database.prepare(
  `INSERT INTO user (id, name, email, emailVerified, createdAt, updatedAt, role)
   VALUES (@id, @id, @id || '@example.com', 0, @now, @now, 'user')`,
);
const insertAccount = database.prepare(
  `INSERT INTO account (id, accountId, providerId, userId, password, createdAt, updatedAt)
   VALUES ('account-' || @id, @id, 'credential', @id, @passwordHash, @now, @now)`,
);
/** Users with a password, written past the API, which would take minutes. */
const seed = database.transaction((names) => {
  const now = new Date().toISOString();
  for (const id of names) {
    insertUser.run({ id, now });
    insertAccount.run({ id, now, passwordHash });
  }
});

const email = 'admin@example.com';
const { user } = await auth.api.createUser({
  body: { email, password, name: 'admin', role: 'admin' },
});
const { token } = await auth.api.signInEmail({ body: { email, password } });
const { key } = await auth.api.createApiKey({ body: { name: 'bench', userId: user.id } });

process.on('message', (names) => {
  seed(names);
  process.send({ seeded: names.length });
});
process.on('disconnect', () => process.exit());
process.send({ baseUrl: baseURL, token, key });
