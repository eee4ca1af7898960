import { request } from 'node:http';
import { describe, expect, inject, it } from 'vitest';
import { call } from '../support/api.ts';
import { document } from '../support/contract.ts';

const target = inject('target');

/** The document as a host of that name would be asked for it. */
const documentOf = (host: string): Promise<typeof document> =>
  new Promise((resolve, reject) => {
    const options = { headers: { Host: host } };
    request(new URL('/openapi.json', target.baseUrl), options, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve(JSON.parse(Buffer.concat(chunks).toString()));
    })
      .on('error', reject)
      .end();
  });

describe('GET /openapi.json', () => {
  it('answers anyone with the document, its server the host that was asked', async () => {
    const { status, headers, body } = await call('GET /openapi.json', { token: null });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json');
    const [server] = document.servers;
    const url = body.servers[0].url;
    expect(body).toEqual({ ...document, servers: [{ ...server, url }] });
    expect(url).toMatch(/^https?:\/\/[^/]+(\/[a-z]+)?$/);
    const Authorization = `Bearer ${target.token}`;
    expect((await fetch(`${url}/api/v1/users/me`, { headers: { Authorization } })).status).toBe(
      200,
    );
    const slash = await call('GET /openapi.json/', { token: null });
    expect(slash.body).toEqual(body);
  });

  it.runIf(target.local)('goes by the name that it was asked under', async () => {
    const { servers } = await documentOf('id.example.com');
    expect(servers).toMatchObject([{ url: 'http://id.example.com' }]);
  });
});
