import type { IncomingMessage, ServerResponse } from 'node:http';

const { BAILIWICK_URL, BAILIWICK_KEY } = process.env;

/** Whether a user may do an action to a resource. Throws if Bailiwick does not answer. */
const ask = async (username: string, action: string, type: string, id: string) => {
  const response = await fetch(`${BAILIWICK_URL}/access/v1/evaluation`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${BAILIWICK_KEY}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      subject: { type: 'user', id: username },
      action: { name: action },
      resource: { type, id },
    }),
    signal: AbortSignal.timeout(5000),
  });
  if (!response.ok) throw new Error(`Bailiwick answered ${response.status}`);
  return ((await response.json()) as { decision: boolean }).decision;
};

type Request = IncomingMessage & { user: string };

/** Express middleware: lets a request pass if its user may do `action` to the resource. */
export const may =
  (action: string, type: string, idOf: (request: Request) => string) =>
  (request: Request, response: ServerResponse, next: () => void) =>
    ask(request.user, action, type, idOf(request)).then(
      (decision) => (decision ? next() : response.writeHead(403).end()),
      // Not knowing is not permission.
      () => response.writeHead(503).end(),
    );
