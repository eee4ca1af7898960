import { expect, it } from 'vitest';
import {
  call,
  createUser,
  everything,
  freshName,
  login,
  password,
  permissions,
  tokenFor,
  users,
} from '../support/api.ts';
import {
  atUser,
  button,
  describeConsole,
  dialogButton,
  enter,
  fillPermission,
  goTo,
  grantsOf,
  heading,
  outcome,
  section,
} from '../support/console.ts';

describeConsole('users', () => {
  it('are found by how their names begin, more and more of them', async () => {
    const { page } = await enter(everything);
    const start = freshName('found');
    const names = Array.from({ length: 52 }, (_, n) => `${start}-${String(n).padStart(2, '0')}`);
    const token = await tokenFor(await createUser(freshName('maker'), everything));
    for (const name of names) await call(`POST ${users}/${name}`, { token, body: { password } });
    await page.getByRole('link', { name: 'Users' }).click();
    await page.getByLabel('Username begins with').fill(`${start}-0`);
    await page.getByText('10 users').waitFor();
    await page.getByLabel('Username begins with').fill(start);
    await page.getByText('50 and more users').waitFor();
    await button(page, 'Show more').click();
    await page.getByText('52 users').waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe(names[50]);
    await page.getByRole('link', { name: `${start}-51` }).click();
    await heading(page, `${start}-51`).waitFor();
    await page.getByLabel('Username begins with').waitFor({ state: 'detached' });
  });

  it('are created, with their first permissions', async () => {
    const { page } = await enter(everything);
    await page.getByRole('link', { name: 'Users' }).click();
    const form = page.getByRole('form', { name: 'Create a user' });
    const name = freshName('new');
    await form.getByLabel('Username').fill(name);
    await form.getByLabel('Password').fill('short');
    await button(page, 'Create user').click();
    await page.getByText(/^password must/).waitFor();
    await form.getByRole('button', { name: 'Suggest' }).click();
    const suggested = await form.getByLabel('Password').inputValue();
    expect(suggested).toMatch(/^[\w-]{20}$/);
    await button(page, 'Add a permission').click();
    await fillPermission(page, 'Create a user', ['table', 'orders', 'write']);
    await button(page, 'Create user').click();
    await heading(page, name).waitFor();
    expect(await outcome(page).textContent()).toContain(`${name} is created.`);
    expect(await grantsOf(name)).toEqual(permissions(['table', 'orders', 'write']));
    expect((await login(name, { password: suggested })).status).toBe(201);
  });

  it('are deleted, when that is meant', async () => {
    const { page, name } = await atUser();
    await button(page, 'Delete user').click();
    await page.getByRole('dialog', { name: `Delete ${name}?` }).waitFor();
    await page.keyboard.press('Escape');
    expect((await call(`GET ${users}/${name}`)).status).toBe(200);
    await button(page, 'Delete user').click();
    await dialogButton(page, 'Delete user').click();
    await heading(page, 'Users').waitFor();
    expect(await outcome(page).textContent()).toContain(`${name} is deleted.`);
    expect((await call(`GET ${users}/${name}`)).status).toBe(404);
  });

  it('are opened by name by who may not list them', async () => {
    const name = await createUser(freshName('person'), ['table', 'orders', 'read']);
    const { page } = await enter(['user', name, 'read']);
    await page.getByRole('link', { name: 'Users' }).click();
    await page.getByLabel('Username').fill(name);
    await button(page, 'Open').click();
    await heading(page, name).waitFor();
    await section(page, 'Permissions').getByText('orders').waitFor();
    expect(await section(page, 'History').count()).toBe(0);
  });

  it('that there are not are said not to be there', async () => {
    const { page } = await enter(everything);
    await goTo(page, '#/users/nobody-at-all');
    await page.getByText('There is no user nobody-at-all.').first().waitFor();
  });

  it('by a name that would lead elsewhere are not asked for', async () => {
    const { page } = await enter(everything);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await goTo(page, '#/users/..');
    for (const part of ['Permissions', 'API keys', 'History']) {
      await section(page, part).getByText('userName is ".."').waitFor();
    }
    expect(asked).toEqual([]);
  });
});
