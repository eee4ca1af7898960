// A service of one's own, protected: what the README's example grows into, as it runs in the tests.
import { createServer, type IncomingMessage } from 'node:http';

interface Service {
  /** Where Bailiwick answers. */
  bailiwick: string;
  /** A key of the service's own, with read on user `*`. */
  key: string;
  /** Who has logged in to this service itself, by the cookie that it gave them. */
  cookies: Map<string, string>;
}

/** Who calls, and the token to ask with. */
interface Caller {
  username: string;
  token: string;
}

/**
 * With a cookie of this service the service asks, with its own key. With a token of Bailiwick the token asks about
 * its own user, so that a key with a scope can do no more here than its scope says.
 */
const whoCalls = async (service: Service, http: IncomingMessage): Promise<Caller | undefined> => {
  const username = service.cookies.get(http.headers.cookie ?? '');
  if (username) return { username, token: service.key };
  const token = /^Bearer (\S+)$/.exec(http.headers.authorization ?? '')?.[1];
  if (!token) return undefined;
  const headers = { Authorization: `Bearer ${token}` };
  const response = await fetch(`${service.bailiwick}/api/v1/users/me`, { headers });
  if (response.status === 401) return undefined;
  if (!response.ok) throw new Error(`Bailiwick answered ${response.status}`);
  const me = (await response.json()) as { username: string };
  return { username: me.username, token };
};

const may = async (service: Service, caller: Caller, action: string, id: string) => {
  const response = await fetch(`${service.bailiwick}/access/v1/evaluation`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${caller.token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      subject: { type: 'user', id: caller.username },
      action: { name: action },
      resource: { type: 'order', id },
    }),
  });
  if (!response.ok) throw new Error(`Bailiwick answered ${response.status}`);
  return (await response.json()) as { decision: boolean; context?: { reason?: string } };
};

/** GET and PUT /orders/{id}: for who may read or write that order. */
export const createOrders = (service: Service) => {
  const orders = new Map([['1001', 'two pizzas']]);
  return createServer(async (http, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    try {
      const caller = await whoCalls(service, http);
      if (!caller) return answer(401, { error: 'Log in, or send a token.' });
      const id = http.url?.split('/')[2] ?? '';
      const action = http.method === 'GET' ? 'read' : 'write';
      const { decision, context } = await may(service, caller, action, id);
      if (!decision) return answer(403, { error: context?.reason });
      if (action === 'write') orders.set(id, 'changed');
      return answer(200, { order: orders.get(id) });
    } catch {
      // Not knowing is not permission.
      return answer(503, { error: 'Try again in a second.' });
    }
  });
};
