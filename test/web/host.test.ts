import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, inject, it } from 'vitest';
import { createUser } from '../support/api.ts';
import { visit } from '../support/browser.ts';
import { describeConsole, heading, logIn, theBrowser } from '../support/console.ts';

describeConsole('the console on its host', () => {
  it('lets nothing in or out, and what tries is noticed', async () => {
    const { page, context } = await visit(theBrowser());
    const attempts = [
      ["document.body.innerHTML = '<p>'", 'require-trusted-types-for'],
      [
        'document.body.append(Object.assign(document.createElement("script"), { text: "1" }))',
        'require-trusted-types-for',
      ],
      ['document.body.setAttribute("onclick", "1")', 'require-trusted-types-for'],
      ["document.body.setAttribute('style', 'color: red')", 'style-src-attr'],
      ["fetch('https://example.com/')", 'connect-src'],
      ["Object.assign(new Image(), { src: 'https://example.com/' })", 'img-src'],
      [
        "document.body.append(Object.assign(document.createElement('iframe'), { src: '/console' }))",
        'frame-src',
      ],
    ];
    await page.evaluate(
      "violated = []; addEventListener('securitypolicyviolation', (event) => violated.push(event.effectiveDirective))",
    );
    const tried: string[] = [];
    for (const [attempt = '', directive = ''] of attempts) {
      await page.evaluate(attempt).catch(() => {});
      tried.push(directive);
      await expect.poll(() => page.evaluate('violated'), { message: attempt }).toEqual(tried);
    }
    await context.close();
  });

  it('finds the API below the name of a stage', async () => {
    const server = createServer(async ({ url = '', method = '', headers }, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response.req) chunks.push(chunk);
      const isBelow = url.startsWith('/dev/');
      const answer = await fetch(inject('target').baseUrl + (isBelow ? url.slice(4) : '/nowhere'), {
        method,
        headers: {
          'Content-Type': 'application/json',
          ...(headers.authorization && { Authorization: headers.authorization }),
        },
        ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
      });
      const { 'content-security-policy': policy = '', 'content-type': type = '' } =
        Object.fromEntries(answer.headers);
      response.writeHead(answer.status, {
        'Content-Type': type,
        'Content-Security-Policy': policy,
      });
      response.end(await answer.text());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const name = await createUser();
    const visited = await visit(theBrowser(), { url: `http://127.0.0.1:${port}/dev/console` });
    await logIn(visited.page, name);
    await heading(visited.page, name).waitFor();
    await visited.context.close();
    server.closeAllConnections();
    server.close();
  });
});
