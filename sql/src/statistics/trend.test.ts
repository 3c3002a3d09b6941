import fc from 'fast-check';
import { expect, test } from 'vitest';
import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { chiSquareSf } from './chi-square.ts';
import { macroSession, near } from './macro-session.ts';
import vectors from './vectors/stats_vectors.json' with { type: 'json' };
import { twoSidedP } from './normal.ts';

const { rows, value } = await macroSession();

test('the Mann-Kendall test and Sen slope of the leaver-like series equal the reference', async () => {
  const { x, S, var: variance, z, p, sen } = vectors.mann_kendall;
  const trend = await value(`select mann_kendall([${x}]) as trend`);
  expect(trend.s).toBe(S);
  expect(near(trend.variance, variance)).toBe(true);
  expect(near(trend.z, z)).toBe(true);
  expect(Math.abs(twoSidedP(trend.z) / p - 1)).toBeLessThan(1e-8);
  expect(near(trend.slope, sen, 1e-10)).toBe(true);
});

test('a missing value keeps its place; constant, short and empty series have no trend', async () => {
  expect((await value('select mann_kendall([1, null, 3, 4])')).slope).toBe(1);
  expect(await value('select mann_kendall([2, 2, 2])')).toMatchObject({ n: 3, s: 0, variance: 0, z: null, slope: 0 });
  expect(await value('select mann_kendall([2])')).toMatchObject({ n: 1, s: 0, z: null, slope: null });
  expect(await value('select mann_kendall([]::double[])')).toMatchObject({ s: 0, z: null, slope: null });
});

test('the statistic turns with the sign of the series', async () => {
  const broken =
    await rows(`with series as (select list((i * 37 + k * 11) % 17 order by i) as ys from range(12) i(i), range(20) k(k) group by k)
    select * from series where mann_kendall(ys).s <> -mann_kendall(list_transform(ys, lambda y: -y)).s`);
  expect(broken).toEqual([]);
});

test('the Cochran-Armitage trend equals R, and no variation gives NULL', async () => {
  const { x, n, chisq, p } = vectors.trend_proportions;
  const statistic = await value(`select cochran_armitage([${x}], [${n}])`);
  expect(near(statistic, chisq, 1e-8)).toBe(true);
  expect(near(chiSquareSf(statistic, 1), p, 1e-9)).toBe(true);
  expect(await value('select cochran_armitage([0, 0], [5, 5])')).toBeNull();
  expect(await value('select cochran_armitage([0, 0], [0, 0])')).toBeNull();
});

test('Benjamini-Hochberg values equal a worked example, never fall below p and keep the order of p', () => {
  // The 15 p-values of the 1995 paper: four are discoveries at 0.05.
  const paper = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
  ];
  expect(benjaminiHochberg(paper).filter((p) => p <= 0.05)).toHaveLength(4);
  expect(benjaminiHochberg([0.01, 0.04, 0.03])).toEqual([0.03, 0.04, 0.04]);
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (ps) => {
      const adjusted = benjaminiHochberg(ps);
      return ps.every(
        (p, i) => adjusted[i]! >= p && adjusted[i]! <= 1 && ps.every((q, j) => p > q || adjusted[i]! <= adjusted[j]!),
      );
    }),
    { seed: 3 },
  );
});
