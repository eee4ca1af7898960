import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { expectRefused, visit } from '../support/browser.ts';
import { describeConsole, open, theBrowser } from '../support/console.ts';
import { startStage } from '../support/stage.ts';

const { baseUrl } = inject('target');
const url = `${baseUrl}/docs`;
const { paths } = (await (await fetch(`${baseUrl}/openapi.json`)).json()) as {
  paths: Record<string, Record<string, { summary: string }>>;
};
const operations = Object.entries(paths).flatMap(([path, item]) =>
  Object.values(item).map(({ summary }) => ({ path, summary })),
);

const drawn = (page: Page) => page.locator('#state').waitFor({ state: 'detached' });
const operation = (page: Page, name: string) =>
  page.getByRole('heading', { level: 2, name, exact: true });

/** A visitor to whom everything is shown. */
const read = async (options: Parameters<typeof open>[0] = {}): Promise<Page> => {
  const page = await open({ url, ...options });
  await drawn(page);
  return page;
};

describeConsole('the reference', () => {
  it('has every operation of the document, with its samples for this host', async () => {
    const page = await read();
    expect(operations.length).toBeGreaterThan(20);
    for (const { summary } of operations) await operation(page, summary).waitFor();
    const text = await page.locator('#main').innerText();
    for (const { path } of operations) expect(text).toContain(path);
    expect(text).toContain(`curl ${baseUrl}/api/v1/users/me`);
    if (!baseUrl.endsWith(':3000')) expect(text).not.toContain(':3000');
  });

  it('leads to an operation, its samples and its answers by keyboard alone', async () => {
    const page = await read();
    const press = async (name: RegExp | string, role: 'menuitem' | 'tab' | 'button') => {
      await page.getByRole(role, { name }).first().focus();
      await page.keyboard.press('Enter');
    };
    await press('Permission', 'menuitem');
    await press('Grant a permission', 'menuitem');
    await page.waitForURL(/#tag\/Permission\/operation\/grantPermission$/);
    await expect
      .poll(() =>
        operation(page, 'Grant a permission').evaluate((at) => at.getBoundingClientRect().top),
      )
      .toBeLessThan(400);
    await page.getByRole('tab', { name: 'curl' }).first().focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText("await fetch('").first().waitFor();
    await press(/^401 There is no token/, 'button');
    await page.getByText('Response Schema').first().waitFor();
    await press('Authorizations:', 'button');
    await page.getByText('HTTP Authorization Scheme').first().waitFor();
  });

  it('has its menu behind a button where it is narrow, by keyboard too', async () => {
    const page = await read({ viewport: { width: 390, height: 844 } });
    const session = page.getByRole('menuitem', { name: 'Session' });
    expect(await session.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Menu' }).focus();
    await page.keyboard.press('Enter');
    await session.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/#tag\/Session$/);
  });

  it('lets nothing in or out, and what tries is noticed', async () => {
    const { page, context, faults } = await visit(theBrowser(), { url });
    await drawn(page);
    expect(await faults()).toEqual([]);
    await expectRefused(page, [
      [
        'document.body.append(Object.assign(document.createElement("script"), { text: "1" }))',
        'script-src-elem',
      ],
      [
        'document.body.append(Object.assign(document.createElement("script"), { src: "https://example.com/x.js" }))',
        'script-src-elem',
      ],
      [
        'document.body.append(Object.assign(document.createElement("style"), { textContent: "p { color: red }" }))',
        'style-src-elem',
      ],
      ['document.body.setAttribute("onclick", "1")', 'script-src-attr'],
      ["document.body.setAttribute('style', 'color: red')", 'style-src-attr'],
      ["fetch('https://example.com/')", 'connect-src'],
      ["Object.assign(new Image(), { src: 'https://example.com/' })", 'img-src'],
      [
        "document.body.append(Object.assign(document.createElement('iframe'), { src: '/docs' }))",
        'frame-src',
      ],
    ]);
    await context.close();
  });

  it('is complete below the name of a stage', async () => {
    const host = await startStage('prod');
    for (const path of ['/docs', '/docs/']) {
      const page = await open({ url: host + path });
      await drawn(page);
      await operation(page, 'Log in').waitFor();
      const text = await page.locator('#main').innerText();
      expect(text).toContain(`curl ${host}/api/v1/users/me`);
      const links = page.getByRole('navigation', { name: 'Bailiwick' }).getByRole('link');
      const targets = await links.evaluateAll((found) =>
        found.map((link) => link.getAttribute('href')),
      );
      expect(targets).toEqual([`${host}/console`, `${host}/openapi.json`]);
    }
  });

  it.each([
    { part: '**/openapi.json', what: 'does not come', answer: { status: 503, body: '{}' } },
    { part: '**/docs/redoc-*', what: 'does not come', answer: { status: 404, body: '{}' } },
    // By its hash (Subresource Integrity).
    { part: '**/docs/redoc-*', what: 'is another', answer: { status: 200, body: 'Redoc = {}' } },
  ])('says what to do when $part $what', async ({ part, answer }) => {
    const { page, context } = await visit(theBrowser());
    await page.route(part, (route) => route.fulfill({ ...answer, contentType: 'text/javascript' }));
    await page.goto(url);
    await page.getByRole('status').getByText('Load the page again').waitFor();
    await context.close();
  });

  describe.each([
    { look: 'light', options: { colorScheme: 'light' as const }, ground: 'rgb(255, 255, 255)' },
    { look: 'dark', options: { colorScheme: 'dark' as const }, ground: 'rgb(18, 20, 28)' },
    {
      look: 'on a phone',
      options: { viewport: { width: 390, height: 844 } },
      ground: 'rgb(255, 255, 255)',
    },
    {
      look: 'on a phone at night',
      options: { colorScheme: 'dark' as const, viewport: { width: 390, height: 844 } },
      ground: 'rgb(18, 20, 28)',
    },
  ])('$look', ({ options, ground }) => {
    it('is usable by everyone, as far as axe can tell, and never too wide', async () => {
      const page = await read({ ...options, bypassCSP: true });
      const check = async (what: string, within: object = {}) => {
        await page.evaluate(axe.source);
        const { violations, passes } = (await page.evaluate(
          `axe.run(${JSON.stringify(within)})`,
        )) as axe.AxeResults;
        expect(passes.map(({ id }) => id)).toContain('color-contrast');
        const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
        expect(found, what).toEqual([]);
        const width = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        expect(width, what).toBeLessThanOrEqual(0);
      };
      expect(
        await page.evaluate('getComputedStyle(document.documentElement).backgroundColor'),
      ).toBe(ground);
      await check('at first');
      // Every answer of two operations, and what lies in their objects.
      const sections = ['User/operation/createUser', 'Decision/operation/evaluateMany'].map(
        (name) => `[id="tag/${name}"]`,
      );
      const buttons = sections.map((section) => `${section} button`).join();
      await page.evaluate(
        `for (const button of document.querySelectorAll(${JSON.stringify(buttons)})) {
           if (/^\\s*\\d{3}/.test(button.textContent) || /^expand/.test(button.ariaLabel)) button.click();
         }`,
      );
      await page.getByText('Response Headers').first().waitFor();
      await check('opened', { include: sections });
    });
  });

  it('changes its light when the system does', async () => {
    const page = await read({ colorScheme: 'light' });
    const colour = () =>
      page.evaluate("getComputedStyle(document.querySelector('#main h2')).color");
    const inLight = await colour();
    await page.emulateMedia({ colorScheme: 'dark' });
    // It is drawn anew, and for a moment there is nothing.
    await expect.poll(() => colour().catch(() => inLight), { timeout: 20_000 }).not.toBe(inLight);
  });
});
