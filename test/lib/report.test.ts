import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { page } from '../bench/report.ts';

test('the page of the results tells the figures that lie beside it', () => {
  const folder = join(import.meta.dirname, '../bench/results');
  expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe(page);
});
