import type { IncomingMessage, ServerResponse } from 'node:http';

const { BAILIWICK_URL, BAILIWICK_KEY } = process.env;

/** Express middleware: lets a request pass if its user may do `action` to the resource. */
export const may =
  (action: string, type: string, idOf: (request: IncomingMessage) => string) =>
  async (
    request: IncomingMessage & { user: string },
    response: ServerResponse,
    next: () => void,
  ) => {
    const asked = await fetch(`${BAILIWICK_URL}/access/v1/evaluation`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${BAILIWICK_KEY}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({
        subject: { type: 'user', id: request.user },
        action: { name: action },
        resource: { type, id: idOf(request) },
      }),
    });
    if (!asked.ok) return response.writeHead(503).end();
    const { decision } = (await asked.json()) as { decision: boolean };
    return decision ? next() : response.writeHead(403).end();
  };
