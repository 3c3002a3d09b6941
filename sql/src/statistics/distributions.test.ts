import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharedData, skipReason } from '../shared-data.ts';
import { betaI } from './beta.ts';
import { chiSquareQuantile, chiSquareSf } from './chi-square.ts';
import { gammaP, gammaQ, logGamma } from './gamma.ts';
import { macroSession, near } from './macro-session.ts';
import vectors from './vectors/stats_vectors.json' with { type: 'json' };
import { normalCdf, normalQuantile } from './normal.ts';
import { quantile } from './quantile.ts';
import { randomDirichlet, randomGamma, randomNormal, seededRandom } from './random.ts';
import { meanLimits, studentTQuantile } from './student-t.ts';

const { rows } = await macroSession();

test.each(vectors.normal_quantile)('the normal quantile of $p is $z', ({ p, z }) => {
  expect(near(normalQuantile(p), z, 1e-14)).toBe(true);
});

test.each(vectors.chisq_sf)('the chi-square tail beyond $x on $df degrees of freedom is $p', ({ x, df, p }) => {
  expect(Math.abs(chiSquareSf(x, df) / p - 1)).toBeLessThan(1e-9);
});

test('quantile and distribution function undo each other', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (p) =>
      near(normalCdf(normalQuantile(p)) / p, 1, 1e-9),
    ),
    { seed: 1 },
  );
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), fc.integer({ min: 1, max: 500 }), (p, df) =>
      near(1 - chiSquareSf(chiSquareQuantile(p, df), df), p, 1e-9),
    ),
    { seed: 1, numRuns: 50 },
  );
  expect([normalQuantile(0), normalQuantile(1), normalQuantile(2)]).toEqual([-Infinity, Infinity, NaN]);
});

test('the incomplete gamma and beta functions equal their closed forms', () => {
  for (const x of [0.1, 1, 5, 30]) {
    expect(gammaP(1, x)).toBeCloseTo(1 - Math.exp(-x), 14);
    expect(gammaP(3, x) + gammaQ(3, x)).toBeCloseTo(1, 14);
  }
  for (const x of [0.01, 0.3, 0.99]) {
    expect(betaI(1, 1, x)).toBeCloseTo(x, 14);
    expect(betaI(2, 3, x)).toBeCloseTo(6 * x ** 2 - 8 * x ** 3 + 3 * x ** 4, 13);
  }
  expect(logGamma(5)).toBeCloseTo(Math.log(24), 13);
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
});

test('Student t quantiles equal the tables', () => {
  expect(studentTQuantile(0.975, 7)).toBeCloseTo(2.364624251, 8);
  expect(studentTQuantile(0.025, 1)).toBeCloseTo(-12.7062047362, 8);
  expect(studentTQuantile(0.5, 3)).toBe(0);
});

const phe = sharedData('vectors/phe');

test.skipIf(!phe)(`limits of means equal PHEindicatormethods ${phe ? '' : skipReason('vectors/phe')}`, async () => {
  const groups = await rows(`
    with groups as (select area, avg(values) as mean, stddev_samp(values) as sd, count(*) as n from read_csv('${phe}/Mean__testdata_Mean.csv') group by area
      union all select 'No grouping', avg(values), stddev_samp(values), count(*) from read_csv('${phe}/Mean__testdata_Mean.csv'))
    select groups.*, mean_standard_error(sd, n) as error, e.* exclude (area) from groups join read_csv('${phe}/Mean__testdata_Mean_results.csv') e using (area)`);
  expect(groups.length).toBe(3);
  for (const row of groups) {
    const [inner, outer] = [meanLimits(row.mean, row.sd, row.n)!, meanLimits(row.mean, row.sd, row.n, 0.998)!];
    expect(near(row.mean, row.value) && near(row.sd, row.stdev) && near(row.error, row.stdev / Math.sqrt(row.n))).toBe(
      true,
    );
    expect(near(inner.lower, row.lower95_0cl) && near(inner.upper, row.upper95_0cl)).toBe(true);
    expect(near(outer.lower, row.lower99_8cl) && near(outer.upper, row.upper99_8cl)).toBe(true);
  }
  expect(meanLimits(1, 0, 1)).toBeNull();
});

test('quantiles interpolate as type 7', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([1, 2, 3, 4, 5], 0.1)).toBeCloseTo(1.4, 14);
  expect(quantile([], 0.5)).toBeNaN();
});

test('seeded numbers repeat, are even over [0, 1) and give gamma and Dirichlet numbers of the right mean', () => {
  const first = seededRandom(5);
  const again = seededRandom(5);
  expect(Array.from({ length: 5 }, first)).toEqual(Array.from({ length: 5 }, again));
  const tenths = new Array<number>(10).fill(0);
  for (let i = 0; i < 50_000; i++) tenths[Math.floor(first() * 10)]!++;
  expect(
    chiSquareSf(
      tenths.reduce((sum, count) => sum + (count - 5000) ** 2 / 5000, 0),
      9,
    ),
  ).toBeGreaterThan(0.001);
  const mean = (draw: () => number): number =>
    Array.from({ length: 20_000 }, draw).reduce((sum, x) => sum + x, 0) / 20_000;
  expect(mean(() => randomNormal(first))).toBeCloseTo(0, 1);
  expect(mean(() => randomGamma(0.3, first))).toBeCloseTo(0.3, 1);
  expect(mean(() => randomGamma(4, first)) / 4).toBeCloseTo(1, 1);
  expect(mean(() => randomDirichlet([1, 3], first)[1]!)).toBeCloseTo(0.75, 1);
});
