import { afterEach, expect, it, vi } from 'vitest';
import { corsHeaders } from '../../lib/http/cors.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it.each<[string, string | undefined, string | undefined, object]>([
  ['where no site is listed', undefined, 'https://a.example', {}],
  ['to no site', 'https://a.example', undefined, { Vary: 'Origin' }],
  ['to another site', 'https://a.example', 'https://b.example', { Vary: 'Origin' }],
  [
    'to a site that begins like one',
    'https://a.example',
    'https://a.example.evil',
    { Vary: 'Origin' },
  ],
  ['to a null origin', 'https://a.example', 'null', { Vary: 'Origin' }],
])('lets no script read an answer %s', (_, listed, origin, headers) => {
  if (listed) vi.stubEnv('ALLOWED_ORIGINS', listed);
  expect(corsHeaders(origin)).toEqual(headers);
});

it('lets the scripts of each listed site read an answer, and never all sites', () => {
  vi.stubEnv('ALLOWED_ORIGINS', 'https://a.example https://b.example');
  for (const origin of ['https://a.example', 'https://b.example']) {
    expect(corsHeaders(origin)).toMatchObject({
      'Access-Control-Allow-Origin': origin,
      Vary: 'Origin',
    });
  }
});
