import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { createUser, freshName } from '../support/api.ts';
import {
  button,
  describeConsole,
  goTo,
  heading,
  logIn,
  open,
  section,
} from '../support/console.ts';
import { startProxiedStack } from '../support/stack.ts';
import { failing } from '../support/table-proxy.ts';

describeConsole('trouble', () => {
  /** Logged in at a stack whose table takes nothing from functions that `troubled` names. */
  const enterAt = async (troubled: () => string | undefined) => {
    const { stack } = await startProxiedStack(({ by }) =>
      by.startsWith(troubled() ?? 'none') ? failing('InternalServerError', 500) : undefined,
    );
    const name = await createUser(freshName('visitor'));
    const page = await open({ url: `${stack.baseUrl}/console` });
    await logIn(page, name);
    await heading(page, name).waitFor();
    await section(page, 'History').getByText('creation').waitFor();
    return { page, name };
  };

  /** When the histories asked for from now on were asked for, in ms from the first. */
  const noteTries = (page: Page) => {
    const times: number[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/audit-events')) times.push(performance.now());
    });
    return () => times.map((time) => time - (times[0] ?? 0));
  };

  /** Leads to another view and back, so that all of the user is asked for anew. */
  const comeBack = async (page: Page, name: string) => {
    await goTo(page, '#/decisions');
    await heading(page, 'May X do Y to Z?').waitFor();
    await goTo(page, '#/me');
    await heading(page, name).waitFor();
  };

  it('that passes in a second is not shown', async () => {
    let troubled: string | undefined;
    const { page, name } = await enterAt(() => troubled);
    const tries = noteTries(page);
    troubled = 'AuditEventsList';
    page.on('response', (response) => {
      if (response.url().includes('/audit-events')) troubled = undefined;
    });
    await comeBack(page, name);
    await section(page, 'History').getByText('creation').waitFor();
    expect(tries().length).toBe(2);
  });

  it('that lasts longer than two seconds is told, with when to ask again', async () => {
    let troubled: string | undefined;
    const { page, name } = await enterAt(() => troubled);
    const tries = noteTries(page);
    troubled = 'AuditEventsList';
    await comeBack(page, name);
    await section(page, 'History')
      .getByText('The service is busy: try again in a second. (It may be asked again in a second.)')
      .waitFor();
    expect(tries().length).toBeGreaterThan(1);
    expect(tries().at(-1)).toBeLessThan(2500);
    expect(await section(page, 'API keys').getByText('No keys.').isVisible()).toBe(true);
  });

  it('at logging out is told, as the session lives on', async () => {
    let troubled: string | undefined;
    const { page } = await enterAt(() => troubled);
    troubled = 'SessionsDelete';
    await button(page, 'Log out').click();
    await page.getByText('its session could not be ended: it ends within the hour').waitFor();
  });
});
