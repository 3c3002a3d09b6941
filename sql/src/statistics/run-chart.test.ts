import { expect, test } from 'vitest';
import { binomialCdf, binomialQuantile } from './binomial.ts';
import { macroSession } from './macro-session.ts';

const { rows, value } = await macroSession();

test.each([
  [12, 7, 3],
  [20, 7, 6],
  [24, 8, 8],
  [36, 8, 13],
])('the limits of a run chart of %d points are %d and %d, as qicharts2', async (n, run, crossings) => {
  const [row] = await rows(
    `with points as (select i as t, (i * 7) % ${n} as y from range(${n}) r(i)) from run_chart('points')`,
  );
  expect(row).toMatchObject({ useful_points: n, longest_run_limit: run, crossings_limit: crossings });
  expect(binomialQuantile(0.05, n - 1, 0.5)).toBe(crossings);
});

test('the binomial quantile of SQL and TypeScript agree for every size to 150', async () => {
  const sizes = await rows('select m, binomial_half_quantile(0.05, m) as k from range(0, 151) r(m)');
  expect(sizes.filter(({ m, k }) => k !== binomialQuantile(0.05, m, 0.5))).toEqual([]);
  expect(binomialCdf(1, 2, 0.5)).toBeCloseTo(0.75, 14);
});

test('a shifted series signals, an alternating one does not, a constant or empty one raises no error', async () => {
  const charts = await rows(`with points as (
    select 'shifted' as series, i as t, if(i < 12, 1, 5) + (i % 3) / 10 as y from range(24) r(i)
    union all select 'alternating', i, i % 2 from range(24) r(i) union all select 'constant', i, 5 from range(24) r(i))
    from run_chart('points')`);
  expect(charts.map(({ series, signal }) => [series, signal])).toEqual([
    ['alternating', false],
    ['constant', false],
    ['shifted', true],
  ]);
  expect(charts[1]).toMatchObject({ useful_points: 0, longest_run: 0 });
  expect(
    await value("with points as (select 1 as t, 2 as y where false) select count(*) from run_chart('points')"),
  ).toBe(0);
});

test('no run and no crossing reaches across a missing point', async () => {
  const charts = await rows(`with points as (
    select 'whole' as series, i as t, if(i < 12, 1, 5)::double as y from range(24) r(i)
    union all select 'gap', i, case when i in (6, 12, 19) then null when i < 12 then 1 else 5 end from range(25) r(i)
    union all select 'nothing', i, null from range(24) r(i)) from run_chart('points')`);
  expect(charts.map(({ series }) => series)).toEqual(['gap', 'whole']);
  expect(charts[1]).toMatchObject({ points: 24, useful_points: 24, longest_run: 12, crossings: 1, signal: true });
  // 11 points of 1 and 11 of 5: the median is 3.
  expect(charts[0]).toMatchObject({ points: 22, median: 3, useful_points: 22, longest_run: 6, crossings: 0 });
  // Three gaps leave 18 places at which the series could cross.
  expect(charts[0]!.crossings_limit).toBe(binomialQuantile(0.05, 18, 0.5));
});
