import { existsSync } from 'node:fs';
import { env } from 'node:process';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect, inject } from 'vitest';

const executablePath = env.CHROMIUM ?? '/usr/bin/chromium';

/** Why no browser can be driven here; undefined if one can. One that is asked for has to be there. */
export const noBrowser =
  env.CHROMIUM || existsSync(executablePath)
    ? undefined
    : `there is no ${executablePath}: install Chromium, or set CHROMIUM to where it is`;

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });

const consoleUrl = `${inject('target').baseUrl}/console`;

/** What a page may ask for: the pages with what they are made of, and the public API. */
const isPublic = (url: string, home: string): boolean =>
  url.startsWith(home) &&
  /^(console$|docs\/?$|docs\/redoc-|openapi\.json$|api\/v1\/|access\/v1\/)/.test(
    url.slice(home.length).replace(/[?#].*/, ''),
  );

/** What a page did that it must not, noted as it does it: errors, foreign requests, anything stored. */
const watch = (page: Page, home: string) => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`threw ${error.stack}`));
  page.on('console', (message) => {
    // The browser says this of every answer that is not 2xx, and tests are about some that are not.
    const isRefusal = message.text().startsWith('Failed to load resource: the server responded');
    if (!isRefusal) faults.push(`logged ${message.type()}: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith('data:') && !isPublic(url, home)) faults.push(`asked for ${url}`);
  });
  const stored = async () => {
    const kept = await page.evaluate<number[]>(
      '(async () => [localStorage.length, sessionStorage.length, document.cookie.length, (await indexedDB.databases()).length, (await caches.keys()).length])()',
    );
    const cookies = await page.context().cookies();
    return kept.some((count) => count > 0) || cookies.length > 0 ? ['stored something'] : [];
  };
  return { faults: async () => [...faults, ...(page.isClosed() ? [] : await stored())] };
};

/**
 * Has a page try what its policy should refuse: pairs of a script and the directive of the policy (Content Security
 * Policy level 3) that refuses it. Rejects unless each is refused by its directive.
 */
export const expectRefused = async (
  page: Page,
  attempts: readonly (readonly [script: string, directive: string])[],
): Promise<void> => {
  await page.evaluate(
    "violated = []; addEventListener('securitypolicyviolation', (event) => violated.push(event.effectiveDirective))",
  );
  for (const [n, [attempt]] of attempts.entries()) {
    await page.evaluate(attempt).catch(() => {});
    const tried = attempts.slice(0, n + 1).map(([, directive]) => directive);
    await expect.poll(() => page.evaluate('violated'), { message: attempt }).toEqual(tried);
  }
};

/** A page of a visitor of its own, at the console unless another is asked for. */
export const visit = async (
  browser: Browser,
  { url = consoleUrl, ...options }: BrowserContextOptions & { url?: string } = {},
) => {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const watched = watch(page, url.replace(/(console|docs)\/?([?#].*)?$/, ''));
  await page.goto(url);
  return { page, context, ...watched };
};
