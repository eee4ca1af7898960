import { describe, expect, it } from 'vitest';
import { nameRelease } from '../../infra/release.ts';

const head = '# Changelog\n\n## Unreleased\n';

describe('a release', () => {
  it('names what was unreleased', () => {
    expect(nameRelease(`${head}\n### Added\n\n- A.\n`, '1.0.0', '2026-11-25')).toBe(
      `${head}\n## 1.0.0 - 2026-11-25\n\n### Added\n\n- A.\n`,
    );
  });

  it('leaves older ones as they are', () => {
    const older = '\n## 0.9.0 - 2026-11-01\n\n- B.\n';
    expect(nameRelease(`${head}\n- A.\n${older}`, '1.0.0', '2026-11-25')).toBe(
      `${head}\n## 1.0.0 - 2026-11-25\n\n- A.\n${older}`,
    );
  });

  it.each([
    ['nothing is unreleased', `${head}\n## 0.9.0 - 2026-11-01\n\n- B.\n`],
    ['there is no such chapter', '# Changelog\n\n- A.\n'],
    ['there is nothing', head],
  ])('is refused where %s', (_, text) => {
    expect(() => nameRelease(text, '1.0.0', '2026-11-25')).toThrow('say there what changed');
  });
});
