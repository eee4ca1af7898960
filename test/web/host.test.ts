import { it } from 'vitest';
import { createUser } from '../support/api.ts';
import { expectRefused, visit } from '../support/browser.ts';
import { describeConsole, heading, logIn, theBrowser } from '../support/console.ts';
import { startStage } from '../support/stage.ts';

describeConsole('the console on its host', () => {
  it('lets nothing in or out, and what tries is noticed', async () => {
    const { page, context } = await visit(theBrowser());
    await expectRefused(page, [
      ["document.body.innerHTML = '<p>'", 'require-trusted-types-for'],
      [
        'document.body.append(Object.assign(document.createElement("script"), { text: "1" }))',
        'require-trusted-types-for',
      ],
      ['document.body.setAttribute("onclick", "1")', 'require-trusted-types-for'],
      ["document.body.setAttribute('style', 'color: red')", 'style-src-attr'],
      ["fetch('https://example.com/')", 'connect-src'],
      ["Object.assign(new Image(), { src: 'https://example.com/' })", 'img-src'],
      [
        "document.body.append(Object.assign(document.createElement('iframe'), { src: '/console' }))",
        'frame-src',
      ],
    ]);
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
