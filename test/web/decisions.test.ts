import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Grant } from '../support/api.ts';
import { atUser, button, describeConsole, enter, fillPermission } from '../support/console.ts';

describeConsole('a decision', () => {
  const ask = async (page: Page, name: string, grant: Grant) => {
    await page.getByLabel('Username').fill(name);
    await fillPermission(page, 'Ask for a decision', grant);
    await button(page, 'Ask').click();
  };

  it('is told with its reason', async () => {
    const { page, name } = await atUser(['table', 'orders', 'admin']);
    await page.getByRole('link', { name: 'Decisions' }).click();
    await ask(page, name, ['table', 'orders', 'read']);
    await page.getByText('Yes, allowed.').waitFor();
    await page.getByText(`${name} is granted admin on table "orders".`).waitFor();
    await ask(page, name, ['table', 'invoices', 'write']);
    await page.getByText('No, denied.').waitFor();
    await page.getByText(`${name} is not granted write on table "invoices".`).waitFor();
    expect(await page.getByText('Yes, allowed.').count()).toBe(0);
  });

  it('is refused about who is none of the business of who asks', async () => {
    const { page } = await enter();
    await page.getByRole('link', { name: 'Decisions' }).click();
    await ask(page, 'somebody', ['table', 'orders', 'read']);
    await page
      .getByText('To ask about somebody needs the permission read on user "somebody"')
      .waitFor();
  });

  it('that cannot be had now says so, and when', async () => {
    const { page, name } = await enter();
    await page.getByRole('link', { name: 'Decisions' }).click();
    await page.route('**/access/v1/evaluation', (route) =>
      route.fulfill({
        status: 503,
        headers: { 'Retry-After': '4' },
        json: { error: 'The service is busy.' },
      }),
    );
    await ask(page, name, ['table', 'orders', 'read']);
    await page.getByText('The service is busy. (It may be asked again in 4 seconds.)').waitFor();
    await page.unroute('**/access/v1/evaluation');
    await button(page, 'Ask').click();
    await page.getByText('No, denied.').waitFor();
  });
});
