import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import {
  call,
  createUser,
  everything,
  freshName,
  keyFor,
  login,
  password,
  users,
} from '../support/api.ts';
import {
  button,
  describeConsole,
  fillPermission,
  heading,
  logIn,
  open,
  section,
} from '../support/console.ts';

describeConsole('logging in', () => {
  it('says what is wrong, and then shows who one is and what one may do', async () => {
    const name = await createUser(freshName('visitor'), ['table', 'orders', 'read']);
    const page = await open();
    await logIn(page, name, 'not my password');
    await page.getByText('The username or the password is wrong').waitFor();
    await logIn(page, name);
    await heading(page, name).waitFor();
    expect(await page.title()).toContain(name);
    const row = section(page, 'Permissions').getByRole('row').nth(1);
    await row.waitFor();
    expect(await row.getByRole('cell').allTextContents()).toEqual(['table', 'orders', '–']);
    // Who may give nothing is not shown how.
    expect(await page.getByRole('link', { name: 'Users' }).count()).toBe(0);
    expect(await button(page, 'Grant').count()).toBe(0);
    expect(await button(page, 'Delete user').count()).toBe(0);
  });

  it('needs the keyboard alone, and leads it to what is new', async () => {
    const name = await createUser(freshName('typist'), everything);
    const page = await open();
    const { keyboard } = page;
    await keyboard.type(name);
    await keyboard.press('Tab');
    await keyboard.type(password);
    await keyboard.press('Enter');
    await heading(page, name).waitFor();
    const focused = () => page.evaluate('document.activeElement.textContent');
    expect(await focused()).toContain(name);
    const tabTo = async (text: string) => {
      for (let n = 0; n < 60 && (await focused()) !== text; n++) await keyboard.press('Shift+Tab');
      expect(await focused()).toBe(text);
    };
    await tabTo('Decisions');
    await keyboard.press('Enter');
    await heading(page, 'May X do Y to Z?').waitFor();
    expect(await focused()).toBe('May X do Y to Z?');
    await tabTo('Log out');
    await keyboard.press('Enter');
    await page.getByText('You are logged out.', { exact: true }).waitFor();
    expect(await page.evaluate('document.activeElement.name')).toBe('username');
  });

  it('hides what is typed, and lets password managers and pasting fill it in', async () => {
    const name = await createUser(freshName('visitor'));
    const page = await open();
    const field = (label: string) => page.getByLabel(label, { exact: true });
    const kind = async (label: string) => [
      await field(label).getAttribute('type'),
      await field(label).getAttribute('autocomplete'),
    ];
    expect(await kind('Username')).toEqual(['text', 'username']);
    expect(await kind('Password')).toEqual(['password', 'current-password']);
    await field('Username').fill(name);
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(password)})`);
    await field('Password').press('Control+V');
    await field('Password').press('Enter');
    await heading(page, name).waitFor();
    expect(await kind('Current password')).toEqual(['password', 'current-password']);
    expect(await kind('New password')).toEqual(['password', 'new-password']);
  });

  it('goes by a token too, which goes on when the page forgets it', async () => {
    const name = await createUser(freshName('program'), ['table', 'orders', 'read']);
    const { encoded, key_id } = await keyFor(name);
    const page = await open();
    await page.getByText('Use a token instead').click();
    const token = page.getByLabel('Token of an API key or a session');
    for (const [wrong, sentence] of [
      ['ключ', 'This is no token'],
      ['bw_wrong', 'Authorization: Bearer'],
    ] as const) {
      await token.fill(wrong);
      await button(page, 'Use this token').click();
      await page.getByText(sentence).waitFor();
    }
    await token.fill(encoded);
    await button(page, 'Use this token').click();
    await heading(page, name).waitFor();
    await button(page, 'Log out').click();
    await page.getByText('Elsewhere it works on').waitFor();
    expect((await call(`GET ${users}/me`, { token: encoded })).status).toBe(200);
    await call(`DELETE ${users}/${name}/api-keys/${key_id}`);
  });

  const withToken = async () => {
    const name = await createUser();
    const page = await open();
    const answered = page.waitForResponse((response) => response.url().endsWith('/sessions'));
    await logIn(page, name);
    const { token } = await (await answered).json();
    await heading(page, name).waitFor();
    expect((await call(`GET ${users}/me`, { token })).status).toBe(200);
    return { page, name, token };
  };
  const untilOver = async (token: string) => {
    for (let n = 0; n < 50; n++) {
      const { status } = await call(`GET ${users}/me`, { token });
      if (status === 401) return;
      await sleep(100);
    }
    throw new Error('The session goes on.');
  };

  it('ends with logging out', async () => {
    const { page, token } = await withToken();
    await button(page, 'Log out').click();
    await page.getByText('You are logged out.', { exact: true }).waitFor();
    await untilOver(token);
  });

  it('ends with leaving the page', async () => {
    const { page, token } = await withToken();
    await page.reload();
    await heading(page, 'Log in').waitFor();
    await untilOver(token);
  });

  it('is asked for again when the session is over, and goes on from there', async () => {
    const { page, name } = await withToken();
    await page.getByRole('link', { name: 'Decisions' }).click();
    await heading(page, 'May X do Y to Z?').waitFor();
    await call(`DELETE ${users}/${name}/sessions`);
    await fillPermission(page, 'Ask for a decision', ['table', 'orders', 'read']);
    await button(page, 'Ask').click();
    await page.getByText(/You are logged out\. This token is expired or revoked/).waitFor();
    await logIn(page, name);
    await heading(page, 'May X do Y to Z?').waitFor();
  });

  it('is not ended by an answer to the one before, which is over', async () => {
    const { page, name } = await withToken();
    const hold = Promise.withResolvers<void>();
    const answered = page.waitForResponse('**/access/v1/evaluation');
    const ask = async () => {
      await fillPermission(page, 'Ask for a decision', ['table', 'orders', 'read']);
      await button(page, 'Ask').click();
    };
    await page.route(
      '**/access/v1/evaluation',
      async (route) => {
        await hold.promise;
        await route.continue();
      },
      { times: 1 },
    );
    await page.getByRole('link', { name: 'Decisions' }).click();
    await ask();
    await button(page, 'Log out').click();
    await page.getByText('You are logged out.', { exact: true }).waitFor();
    await logIn(page, name);
    await heading(page, 'May X do Y to Z?').waitFor();
    hold.resolve();
    expect((await answered).status()).toBe(401);
    await ask();
    await page.getByText('No, denied.').waitFor();
  });

  it('says how long to wait', async () => {
    const name = await createUser();
    const page = await open();
    const waits = page.getByText(/Too many wrong passwords.*It may be asked again in/);
    // The first waits may be over before the page asks.
    for (let n = 0; n < 12 && !(await waits.isVisible()); n++) {
      await login(name, { password: 'not my password' });
      await logIn(page, name, 'not my password');
      await page.getByRole('alert').filter({ hasText: /./ }).waitFor();
    }
    await waits.waitFor();
  });
});
