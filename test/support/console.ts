import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { call, createUser, everything, freshName, type Grant, password, users } from './api.ts';
import { launch, noBrowser, visit } from './browser.ts';

/* What visitors of the console do, and are looked at for. */

let browser: Browser;
export const theBrowser = (): Browser => browser;
let visits: Awaited<ReturnType<typeof visit>>[] = [];

export const open = async (options: Parameters<typeof visit>[1] = {}): Promise<Page> => {
  const visited = await visit(browser, options);
  visits.push(visited);
  return visited.page;
};

export const logIn = async (page: Page, username: string, secret = password) => {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Log in' }).click();
};

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
export const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
export const outcome = (page: Page) => page.locator('#outcome');
export const section = (page: Page, name: string) =>
  page.getByRole('region', { name, exact: true });
export const dialogButton = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name });

/** Logged in as somebody with these grants. */
export const enter = async (...grants: Grant[]) => {
  const name = await createUser(freshName('visitor'), ...grants);
  const page = await open();
  await logIn(page, name);
  await heading(page, name).waitFor();
  return { name, page };
};

export const goTo = async (page: Page, hash: string) => {
  await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
};

/** A global admin at the page of a new user. */
export const atUser = async (...grants: Grant[]) => {
  const { page, name: admin } = await enter(everything);
  const name = await createUser(freshName('person'), ...grants);
  await goTo(page, `#/users/${name}`);
  await heading(page, name).waitFor();
  return { page, name, admin };
};

export const fillPermission = async (page: Page, within: string, [type, resource, may]: Grant) => {
  const form = page.getByRole('form', { name: within });
  await form.getByLabel('May').selectOption(may);
  await form.getByLabel('Resource type').fill(type);
  await form.getByLabel('Resource', { exact: true }).fill(resource);
};

export const grantsOf = async (name: string) =>
  (await call(`GET ${users}/${name}/permissions`)).body;

/** Tests in a browser; without one they are skipped, and say so. */
export const describeConsole = (part: string, tests: () => void): void => {
  describe.skipIf(noBrowser)(noBrowser ? `${part}, skipped as ${noBrowser}` : part, () => {
    beforeAll(async () => {
      browser = await launch();
    });
    afterAll(() => browser?.close());
    // Of every visit, whatever it was about.
    afterEach(async () => {
      const past = visits;
      visits = [];
      for (const { faults, context } of past) {
        expect(await faults()).toEqual([]);
        await context.close();
      }
    });
    tests();
  });
};
