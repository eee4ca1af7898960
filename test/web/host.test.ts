import { expect, it } from 'vitest';
import { createUser } from '../support/api.ts';
import { visit } from '../support/browser.ts';
import { describeConsole, heading, logIn, theBrowser } from '../support/console.ts';
import { startStage } from '../support/stage.ts';

describeConsole('the console on its host', () => {
  it('lets nothing in or out, and what tries is noticed', async () => {
    const { page, context, faults } = await visit(theBrowser());
    const attempts = [
      "document.body.innerHTML = '<p>'",
      'document.body.append(Object.assign(document.createElement("script"), { text: "1" }))',
      'document.body.setAttribute("onclick", "1")',
      "document.body.setAttribute('style', 'color: red')",
      "fetch('https://example.com/')",
      "Object.assign(new Image(), { src: 'https://example.com/' })",
      "document.body.append(Object.assign(document.createElement('iframe'), { src: '/console' }))",
    ];
    for (const attempt of attempts) {
      const before = (await faults()).length;
      await page.evaluate(attempt).catch(() => {});
      await expect
        .poll(async () => (await faults()).length, { message: attempt })
        .toBeGreaterThan(before);
    }
    await context.close();
  });

  it('finds the API below the name of a stage', async () => {
    const host = await startStage('dev');
    const name = await createUser();
    const visited = await visit(theBrowser(), { url: `${host}/console` });
    await logIn(visited.page, name);
    await heading(visited.page, name).waitFor();
    await visited.context.close();
  });
});
