import { expect, test } from 'vitest';
import { fisherExact } from './fisher.ts';
import { macroSession, near } from './macro-session.ts';
import vectors from './vectors/stats_vectors.json' with { type: 'json' };

const { rows, value } = await macroSession();

test.each(vectors.relative_likelihood)(
  'the relative likelihood of $a/$n1 against $b/$n0 equals the reference',
  async ({ a, n1, b, n0, rr, lo, hi }) => {
    const counts = `${a}, ${n1}, ${b}, ${n0}`;
    const [row] = await rows(`select relative_likelihood(${counts}) as rr, relative_likelihood_lower(${counts}) as lo,
    relative_likelihood_upper(${counts}) as hi, noisy_relative_likelihood_lower(${counts}, 6.25) as noisy_lo,
    noisy_relative_likelihood_upper(${counts}, 6.25) as noisy_hi`);
    expect(near(row!.rr, rr) && near(row!.lo, lo) && near(row!.hi, hi), JSON.stringify(row)).toBe(true);
    expect(row!.noisy_lo).toBeLessThan(row!.lo);
    expect(row!.noisy_hi).toBeGreaterThan(row!.hi);
  },
);

test('with no events half a person is added to all four cells, so the limits hold the ratio', async () => {
  const [row] =
    await rows(`select relative_likelihood(0, 10, 3, 20) as rr, relative_likelihood_lower(0, 10, 3, 20) as lo,
    relative_likelihood_upper(0, 10, 3, 20) as hi, relative_likelihood(0, 10, 0, 20) as neither`);
  expect(row!.rr).toBeCloseTo(0.5 / 11 / (3.5 / 21), 12);
  expect(row!.lo).toBeLessThan(row!.rr);
  expect(row!.hi).toBeGreaterThan(row!.rr);
  expect(row!.neither).toBeCloseTo(21 / 11, 12);
});

test('the limits are ordered around the ratio for every small table, and an empty group gives nothing', async () => {
  const broken = await rows(`
    with tables as (select a, n1, b, n0 from range(0, 5) a(a), range(1, 5) n1(n1), range(0, 5) b(b), range(1, 5) n0(n0) where a <= n1 and b <= n0)
    select * from tables where not (relative_likelihood_lower(a, n1, b, n0) <= relative_likelihood(a, n1, b, n0)
      and relative_likelihood(a, n1, b, n0) <= relative_likelihood_upper(a, n1, b, n0) and relative_likelihood(a, n1, b, n0) > 0)`);
  expect(broken).toEqual([]);
  expect(await value('select relative_likelihood(0, 0, 1, 5)')).toBeNull();
  expect(await value('select relative_likelihood_upper(1, 5, 0, 0)')).toBeNull();
});

test.each([
  [1.56, 1.22, 1.99, 'above', true],
  [1.56, 0.9, 2.7, 'above', false],
  [0.8, 0.6, 0.99, 'within', false],
  [0.7, 0.5, 0.95, 'below', true],
  [1.25, 1.1, 1.4, 'within', false],
])('a ratio of %d (%d to %d) lies %s the four-fifths band, flagged: %s', async (ratio, lower, upper, band, flagged) => {
  const [row] = await rows(
    `select four_fifths_band(${ratio}) as band, four_fifths_flag(${ratio}, ${lower}, ${upper}) as flagged`,
  );
  expect(row).toEqual({ band, flagged });
});

test("Fisher's exact test of 12/100 against 5/100 equals R, and impossible tables have no p-value", () => {
  expect(fisherExact(12, 100, 5, 100)).toBeCloseTo(0.1261788613, 10);
  expect(fisherExact(0, 10, 0, 10)).toBeCloseTo(1, 12);
  expect(fisherExact(11, 10, 0, 10)).toBeNaN();
});

test('the disparity ratio is the ratio of tier ratios, with limits around it and NULL for an empty group', async () => {
  const [row] =
    await rows(`select disparity_ratio(300, 120, 900, 450) as ratio, disparity_ratio_lower(300, 120, 900, 450) as lower,
    disparity_ratio_upper(300, 120, 900, 450) as upper, disparity_ratio_upper(300, 120, 900, 450, 6.25) as noisy_upper,
    disparity_ratio(0, 0, 900, 450) as empty, disparity_ratio(10, 0, 900, 450) as corrected`);
  expect(row!.ratio).toBe(1.25);
  expect(Math.log(row!.upper / row!.ratio) / 1.959963984540054).toBeCloseTo(
    Math.sqrt(1 / 300 + 1 / 120 + 1 / 900 + 1 / 450),
    12,
  );
  expect(row!.lower * row!.upper).toBeCloseTo(1.25 ** 2, 12);
  expect(row!.noisy_upper).toBeGreaterThan(row!.upper);
  expect(row!.empty).toBeNull();
  expect(row!.corrected).toBeCloseTo(450.5 / 900.5 / (0.5 / 10.5), 12);
});
