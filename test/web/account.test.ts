import { expect, it } from 'vitest';
import {
  call,
  createUser,
  freshName,
  grantTo,
  login,
  password,
  permissions,
  sessionFor,
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
  logIn,
  outcome,
  section,
} from '../support/console.ts';

describeConsole('an account', () => {
  it('is granted and revoked permissions', async () => {
    const { page, name } = await atUser();
    await fillPermission(page, `Grant ${name} a permission`, ['table', 'invoices', 'admin']);
    await button(page, 'Grant').click();
    await outcome(page).getByText(`${name} is granted admin on table invoices.`).waitFor();
    expect(await grantsOf(name)).toEqual(permissions(['table', 'invoices', 'admin']));
    await button(page, 'Revoke admin on table invoices').click();
    await dialogButton(page, 'Revoke').click();
    await outcome(page).getByText('no longer granted').waitFor();
    await section(page, 'Permissions').getByText('Nothing.').waitFor();
    expect(await grantsOf(name)).toEqual([]);
  });

  it('is refused in the words of the API', async () => {
    const name = await createUser(freshName('person'));
    const { page } = await enter(['user', name, 'admin'], ['table', 'orders', 'admin']);
    await goTo(page, `#/users/${name}`);
    await fillPermission(page, `Grant ${name} a permission`, ['table', 'invoices', 'read']);
    await button(page, 'Grant').click();
    await page.getByText('This needs the permission admin on table "invoices".').waitFor();
    // What was typed is still there.
    expect(await page.getByLabel('Resource', { exact: true }).first().inputValue()).toBe(
      'invoices',
    );
  });

  it('has keys, whose token is shown once, and copied', async () => {
    const { page, name } = await atUser(['table', 'orders', 'admin']);
    const part = section(page, 'API keys');
    await page.getByLabel('Name of the key').fill('nightly report');
    await page.getByLabel('Lives until').selectOption('30 days');
    await part.getByRole('button', { name: 'Add a permission' }).click();
    await fillPermission(page, `Mint an API key for ${name}`, ['table', 'orders', 'read']);
    await button(page, 'Mint key').click();
    await button(page, 'Copy').click();
    await outcome(page).getByText('The token is copied.').waitFor();
    const token = (await page.evaluate('navigator.clipboard.readText()')) as string;
    expect(await part.locator('.token').textContent()).toBe(token);
    const me = await call(`GET ${users}/me`, { token });
    expect(me.body).toEqual({
      username: name,
      permissions: permissions(['table', 'orders', 'read']),
    });
    await button(page, 'I have kept it').click();
    expect(await page.content()).not.toContain(token.slice(-40));
    await part.getByRole('row', { name: /nightly report.*read on table orders/ }).waitFor();
    await button(page, 'Delete the key nightly report').click();
    await dialogButton(page, 'Delete key').click();
    await part.getByText('No keys.').waitFor();
    expect((await call(`GET ${users}/me`, { token })).status).toBe(401);
  });

  it('has sessions, which are ended', async () => {
    const { page, name } = await atUser();
    const token = await sessionFor(name);
    await button(page, 'End sessions').click();
    await dialogButton(page, 'End sessions').click();
    await outcome(page).getByText(`The sessions of ${name} are over.`).waitFor();
    expect((await call(`GET ${users}/me`, { token })).status).toBe(401);
  });

  it('gets a new password', async () => {
    const { page, name } = await atUser();
    await page.getByLabel('New password').fill('another s3cret');
    await button(page, 'Show').click();
    expect(await page.getByLabel('New password').getAttribute('type')).toBe('text');
    await button(page, 'Set password').click();
    await outcome(page).getByText(`The password of ${name} is set`).waitFor();
    expect(await page.getByLabel('New password').inputValue()).toBe('');
    expect((await login(name, { password: 'another s3cret' })).status).toBe(201);
  });

  it('changes its own password by the current one, and logs in anew', async () => {
    const { page, name } = await enter();
    await page.getByLabel('Current password').fill('not my password');
    await page.getByLabel('New password').fill('another s3cret');
    await button(page, 'Set password').click();
    await page.getByText('current_password is not the current password').waitFor();
    await page.getByLabel('Current password').fill(password);
    await button(page, 'Set password').click();
    await page.getByText('Your password is set, and your sessions are over').waitFor();
    await logIn(page, name, 'another s3cret');
    await heading(page, name).waitFor();
  });

  it('has a history', async () => {
    const { page, name, admin } = await atUser(['table', 'orders', 'read']);
    for (let n = 0; n < 20; n++) await grantTo(name, ['table', `orders-${n}`, 'read']);
    await page.reload();
    await logIn(page, admin);
    await heading(page, name).waitFor();
    const part = section(page, 'History');
    await part.getByText('+ read on table orders-19').waitFor();
    expect(await part.getByText('creation').count()).toBe(0);
    await part.getByRole('button', { name: 'Show more' }).click();
    await part.getByRole('row', { name: /creation done admin.*read on table orders/ }).waitFor();
    await part.getByLabel('Details of users.create').click();
    await part.getByText('"request_id"').last().waitFor();
  });

  it('shows markup in data as text', async () => {
    const { page, name } = await atUser();
    const evil = '<img src=x onerror="window.hacked=1">';
    await fillPermission(page, `Grant ${name} a permission`, ['table', evil, 'read']);
    await button(page, 'Grant').click();
    await section(page, 'Permissions').getByRole('cell', { name: evil, exact: true }).waitFor();
    await page.getByLabel('Name of the key').fill(evil);
    await button(page, 'Mint key').click();
    await section(page, 'API keys').getByRole('rowheader', { name: evil }).waitFor();
    await section(page, 'History').getByText(`+ read on table ${evil}`).waitFor();
    await page.getByRole('link', { name: 'Decisions' }).click();
    await page.getByLabel('Username').fill(name);
    await fillPermission(page, 'Ask for a decision', ['table', evil, 'read']);
    await button(page, 'Ask').click();
    await page.getByText(`read on table ${evil}`).waitFor();
    await goTo(page, `#/users/${encodeURIComponent(evil)}`);
    await heading(page, evil).waitFor();
    await page.getByText('userName must be').first().waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.evaluate('window.hacked')).toBeUndefined();
  });
});
