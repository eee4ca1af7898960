import { makeUsable } from './a11y.ts';
import { lookOf } from './look.ts';

/* The reference: Redoc draws the document of the host that this page came from. */

/** Bundling puts them in. */
declare const redocName: string;
declare const redocIntegrity: string;

interface Redoc {
  init(
    document: unknown,
    options: object,
    element: HTMLElement,
    drawn: (error?: Error) => void,
  ): void;
}

/** What this page is beside: below the stage's name, where the host has one. */
const base = location.origin + location.pathname.replace(/docs\/?$/, '');

/** The host in the samples of openapi.json. */
const sampleHost = 'http://127.0.0.1:3000';

const find = (selector: string): HTMLElement => {
  const element = document.querySelector<HTMLElement>(selector);
  if (!element) throw new Error(`The page has no ${selector}.`);
  return element;
};

const loadRedoc = (): Promise<Redoc> =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = `${base}docs/${redocName}`;
    script.integrity = redocIntegrity;
    script.addEventListener('load', () => resolve((window as unknown as { Redoc: Redoc }).Redoc));
    script.addEventListener('error', () => reject(new Error('A part of this page did not load.')));
    document.head.append(script);
  });

/** The document as it is here: its servers and samples lead to this host, whatever is before it. */
const loadDocument = async (): Promise<unknown> => {
  const answer = await fetch(`${base}openapi.json`, { credentials: 'omit' });
  if (!answer.ok) throw new Error(`openapi.json was answered with ${answer.status}.`);
  const url = base.slice(0, -1);
  const document = JSON.parse((await answer.text()).replaceAll(sampleHost, url));
  return { ...document, servers: [{ ...document.servers[0], url }] };
};

const links = { console: 'Console', 'openapi.json': 'openapi.json' };
const nav = find('nav');
nav.append(
  ...Object.entries(links).map(([path, text]) =>
    Object.assign(document.createElement('a'), { href: base + path, textContent: text }),
  ),
);
nav.hidden = false;

const dark = matchMedia('(prefers-color-scheme: dark)');
// Redoc reckons with colours when it draws. The place stays in the address.
dark.addEventListener('change', () => location.reload());

const draw = async (): Promise<void> => {
  const [redoc, spec] = await Promise.all([loadRedoc(), loadDocument()]);
  const main = find('#main');
  const place = document.createElement('div');
  main.append(place);
  makeUsable(place);
  await new Promise<void>((resolve, reject) => {
    const options = {
      theme: lookOf(dark.matches),
      disableSearch: true,
      hideDownloadButtons: true,
      nativeScrollbars: true,
      // Exact for ASCII and open for the rest, they are long; what is right is said in words beside them.
      hideSchemaPattern: true,
      sanitize: true,
    };
    redoc.init(spec, options, place, (error) => (error ? reject(error) : resolve()));
  });
  find('#state').remove();
};

draw().catch((error: Error) => {
  find('#state').textContent =
    `${error.message} Load the page again; if that does not help, openapi.json has the same.`;
});
