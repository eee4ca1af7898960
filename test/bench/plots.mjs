// Draws the plots of the report from the figures beside it: test/bench/results/*.svg.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, View } from 'vega';
import { compile } from 'vega-lite';

const folder = join(import.meta.dirname, 'results');
const read = (name) => {
  const file = join(folder, `${name}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
};

const draw = async (name, spec) => {
  // White behind, since a README may be read in the dark.
  const base = { background: 'white', padding: 12, width: 480, height: 260 };
  const config = { legend: { labelLimit: 0 } };
  const { spec: drawn } = compile({ ...base, ...spec, config });
  const svg = await new View(parse(drawn), { renderer: 'none' }).toSVG();
  writeFileSync(join(folder, `${name}.svg`), `${svg}\n`);
};

const growth = read('growth');
for (const by of ['users', 'grants']) {
  if (!growth) break;
  await draw(`growth-${by}`, {
    data: { values: growth[`by_${by}`] },
    mark: { type: 'line', point: true },
    encoding: {
      x: { field: by, type: 'quantitative', scale: { type: 'log' }, title: by },
      y: { field: 'p50_ms', type: 'quantitative', scale: { type: 'log' }, title: 'median, ms' },
      color: { field: 'operation', title: null },
    },
  });
}

const memory = read('memory');
if (memory) {
  await draw('memory', {
    data: {
      values: memory.results.flatMap(({ function: name, held }) =>
        held.map((one) => ({ ...one, function: name })),
      ),
    },
    mark: { type: 'line', point: true },
    encoding: {
      x: { field: 'invocations', type: 'quantitative' },
      y: { field: 'rss_mb', type: 'quantitative', title: 'RSS, MB' },
      color: { field: 'function', title: null },
    },
  });
}

const compared = read('compare');
if (compared) {
  const users = Math.max(...compared.rows.map((row) => row.users));
  await draw('compare', {
    data: { values: compared.rows.filter((row) => row.users === users && row.system !== 'floor') },
    width: { step: 18 },
    mark: 'bar',
    encoding: {
      column: { field: 'connections', title: 'connections' },
      x: { field: 'operation', title: null, axis: { labelAngle: -40 } },
      xOffset: { field: 'system' },
      y: {
        field: 'per_second',
        type: 'quantitative',
        title: 'requests per second',
      },
      color: { field: 'system', title: null },
    },
  });
}
