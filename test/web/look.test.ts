import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { createUser, everything, freshName } from '../support/api.ts';
import {
  button,
  describeConsole,
  fillPermission,
  goTo,
  heading,
  logIn,
  open,
  section,
} from '../support/console.ts';

describeConsole('the look of the console', () => {
  describe.each([
    { look: 'light', options: {} },
    { look: 'dark', options: { colorScheme: 'dark' as const } },
    { look: 'on a phone', options: { viewport: { width: 360, height: 740 } } },
  ])('$look', ({ options }) => {
    it('is usable by everyone, as far as axe can tell, and never too wide', async () => {
      const admin = await createUser(freshName('boss'), everything);
      const name = await createUser(freshName('person'), ['table', 'x'.repeat(256), 'read']);
      const page = await open({ ...options, bypassCSP: true });
      const check = async (what: string) => {
        await page.evaluate(axe.source);
        const { violations, passes } = (await page.evaluate('axe.run()')) as axe.AxeResults;
        expect(passes.map(({ id }) => id)).toContain('color-contrast');
        const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
        expect(found, what).toEqual([]);
        const width = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        expect(width, what).toBeLessThanOrEqual(0);
      };
      await page.getByText('Use a token instead').click();
      await logIn(page, admin, 'not my password');
      await page.getByText('The username or the password is wrong').waitFor();
      await check('the log-in');
      await logIn(page, admin);
      await heading(page, admin).waitFor();
      await section(page, 'History').getByText('login').first().waitFor();
      await check('oneself');
      await page.getByRole('link', { name: 'Users' }).click();
      await page
        .getByText(/\d+( and more)? users?$/)
        .first()
        .waitFor();
      await button(page, 'Add a permission').click();
      await check('users');
      await goTo(page, `#/users/${name}`);
      await page.getByLabel('Name of the key').fill('nightly report');
      await button(page, 'Mint key').click();
      await button(page, 'Copy').waitFor();
      await section(page, 'API keys').getByRole('rowheader', { name: 'nightly report' }).waitFor();
      await section(page, 'History').getByLabel('Details of users.create').click();
      await check('a user');
      await button(page, 'Delete user').click();
      await page.getByRole('dialog').waitFor();
      await check('a question');
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'Decisions' }).click();
      for (const subject of [admin, name]) {
        await page.getByLabel('Username').fill(subject);
        await fillPermission(page, 'Ask for a decision', ['table', 'orders', 'write']);
        await button(page, 'Ask').click();
        await page.getByText(subject === admin ? 'Yes, allowed.' : 'No, denied.').waitFor();
        await check('a decision');
      }
    });
  });
});
