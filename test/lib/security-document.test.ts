import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const readSource = (file: string): string => readFileSync(join(root, file), 'utf8');

/** How many requirements each section of these chapters of ASVS 5.0.0 has. */
const sections: Record<string, number> = {
  ...{ '3.1': 1, '3.2': 3, '3.3': 5, '3.4': 8, '3.5': 8, '3.6': 1, '3.7': 5 },
  ...{ '4.1': 5, '4.2': 5, '4.3': 2, '4.4': 4 },
  ...{ '6.1': 3, '6.2': 12, '6.3': 8, '6.4': 6, '6.5': 8, '6.6': 4, '6.7': 2, '6.8': 4 },
  ...{ '7.1': 3, '7.2': 4, '7.3': 2, '7.4': 5, '7.5': 3, '7.6': 2 },
  ...{ '8.1': 4, '8.2': 4, '8.3': 3, '8.4': 2 },
  ...{ '11.1': 4, '11.2': 5, '11.3': 5, '11.4': 4, '11.5': 2, '11.6': 2, '11.7': 2 },
  ...{ '16.1': 1, '16.2': 5, '16.3': 4, '16.4': 3, '16.5': 4 },
};

/** `file` › `title`, `title` */
const proofPattern = /`(test\/[^`]+)` ›((?:,? `[^`]+`)+)[.;]?/g;

interface Row {
  number: string;
  level: string;
  asks: string;
  met: string;
  proofs: { file: string; title: string }[];
  /** What is left of the last cell without its proofs. */
  reason: string;
}

/** The rows of requirements: those of a table whose first cell is a number in three parts. */
const readRows = (markdown: string): Row[] =>
  markdown
    .split('\n')
    .filter((line) => /^\| *\d+\.\d+\.\d+/.test(line))
    .map((line) => {
      const [number = '', level = '', asks = '', met = '', last = '', ...more] = line
        .replace(/^\||\|\s*$/g, '')
        .split('|')
        .map((cell) => cell.trim());
      if (more.length > 0) throw new Error(`The row ${number} has more than five cells.`);
      const proofs = Array.from(last.matchAll(proofPattern), ([, file = '', titles = '']) =>
        Array.from(titles.matchAll(/`([^`]+)`/g), ([, title = '']) => ({ file, title })),
      ).flat();
      return { number, level, asks, met, proofs, reason: last.replace(proofPattern, '').trim() };
    });

/** Whether a source has a test, a group or a line of a table of tests of just this title, and does not skip it. */
const hasTitle = (source: string, title: string): boolean => {
  const code = source.replace(/^\s*\/\/.*$/gm, '');
  return ["'", '"', '`'].some((quote) => {
    const befores = code.split(`${quote}${title}${quote}`).slice(0, -1);
    return befores.some(
      (before) =>
        /(?:\(|\[|title:)\s*$/.test(before) && !/\.(?:skip|todo|fails)\(\s*$/.test(before),
    );
  });
};

/** What is wrong with the rows, a sentence each. */
const faultsOf = (rows: Row[], read: (file: string) => string | undefined): string[] =>
  rows.flatMap(({ number, level, asks, met, proofs, reason }) => {
    const faults: string[] = [];
    if (!/^[123]$/.test(level)) faults.push('has no level');
    if (asks === '') faults.push('does not say what is asked for');
    if (!['met', 'partly', 'not met', 'n/a'].includes(met)) faults.push(`is "${met}"`);
    if (proofs.length === 0 && reason === '') faults.push('has neither a test nor a reason');
    else if (proofs.length === 0 && met === 'met' && !/^No test: .{10}/.test(reason))
      faults.push('does not say why it is met without a test');
    else if (met !== 'met' && reason.length < 10) faults.push('has no reason');
    if (reason.includes('test/')) faults.push('names a test file without a title');
    for (const { file, title } of proofs) {
      const source = read(file);
      if (source === undefined) faults.push(`names ${file}, which is not there`);
      else if (!hasTitle(source, title)) faults.push(`names "${title}", which is not in ${file}`);
    }
    return faults.map((fault) => `${number} ${fault}`);
  });

describe('the ASVS table of SECURITY.md', () => {
  const rows = readRows(readSource('SECURITY.md'));

  it('has every requirement of its chapters once, in order', () => {
    expect(rows.length).toBeGreaterThanOrEqual(45);
    const all = Object.entries(sections).flatMap(([section, count]) =>
      Array.from({ length: count }, (_, i) => `${section}.${i + 1}`),
    );
    expect(rows.map(({ number }) => number)).toEqual(all);
  });

  it('names tests that there are, or reasons', () => {
    const read = (file: string) => (existsSync(join(root, file)) ? readSource(file) : undefined);
    expect(faultsOf(rows, read)).toEqual([]);
  });

  it.each<[string, string]>([
    ['| 1.1.1 | 1 | x | met | |', 'has neither a test nor a reason'],
    ['| 1.1.1 | 1 | x | met | Certainly so. |', 'does not say why it is met without a test'],
    ['| 1.1.1 | 1 | x | partly | `test/a.ts` › `a` |', 'has no reason'],
    ['| 1.1.1 | 1 | x | n/a | |', 'has neither a test nor a reason'],
    ['| 1.1.1 | 1 | x | yes | `test/a.ts` › `a` |', 'is "yes"'],
    ['| 1.1.1 | | x | met | `test/a.ts` › `a` |', 'has no level'],
    ['| 1.1.1 | 1 | | met | `test/a.ts` › `a` |', 'does not say what is asked for'],
    ['| 1.1.1 | 1 | x | met | `test/b.ts` › `a` |', 'names test/b.ts, which is not there'],
    ['| 1.1.1 | 1 | x | met | `test/a.ts` › `a`, `b` |', 'names "b", which is not in test/a.ts'],
    [
      '| 1.1.1 | 1 | x | met | `test/a.ts` › `skipped` |',
      'names "skipped", which is not in test/a.ts',
    ],
    [
      '| 1.1.1 | 1 | x | met | `test/a.ts` › `commented` |',
      'names "commented", which is not in test/a.ts',
    ],
    ['| 1.1.1 | 1 | x | met | `test/a.ts` |', 'does not say why it is met without a test'],
  ])('would be refused: %s', (line, fault) => {
    const source = [
      "it('a', () => {});",
      "it('b and more', () => {});",
      "it.skip('skipped', () => {});",
      "// it('commented', () => {});",
    ].join('\n');
    const faults = faultsOf(readRows(line), (file) => (file === 'test/a.ts' ? source : undefined));
    expect(faults).toContain(`1.1.1 ${fault}`);
  });
});
