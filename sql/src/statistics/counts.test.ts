import { expect, test } from 'vitest';
import { macroSession, near } from './macro-session.ts';
import vectors from './vectors/stats_vectors.json' with { type: 'json' };

const { rows } = await macroSession();

test.each(vectors.leaver)(
  'the leaver rate of $leavers from $start to $end is $rate and the stability $stability',
  async (leaver) => {
    const { start, end, leavers, rate, start_stayers, stability } = leaver;
    const [row] =
      await rows(`select leaver_rate(${leavers}, ${start}, ${end}) as rate, stability_index(${start_stayers}, ${start}) as stability,
    leaver_rate_of_start(${leavers}, ${start}) as of_start`);
    expect(row).toEqual({ rate, stability, of_start: leavers / start });
  },
);

test('turnover rates without people to leave are NULL', async () => {
  const [row] = await rows(
    'select leaver_rate(5, 0, 0) as none, leaver_rate_of_start(5, 0) as of_start, stability_index(5, 0) as no_start',
  );
  expect(row).toEqual({ none: null, of_start: null, no_start: null });
});

test('a noisy count has an interval of z noise standard deviations, never below 0', async () => {
  const [row] =
    await rows(`select count_lower(40, 6.25) as lower, count_upper(40, 6.25) as upper, count_lower(2, 6.25) as held,
    count_upper(40, noise_variance(4, 6.25)) as of_four, count_lower(null, 6.25) as missing, count_upper(3, 0) as exact`);
  expect(near(row!.lower, 40 - 1.959963984540054 * 2.5) && near(row!.upper, 40 + 1.959963984540054 * 2.5)).toBe(true);
  expect(near(row!.of_four, 40 + 1.959963984540054 * 5)).toBe(true);
  expect(row).toMatchObject({ held: 0, missing: null, exact: 3 });
});

test('growth, index and yearly growth are fractions of the earlier count, with limits from noise only', async () => {
  const [row] =
    await rows(`select growth(400, 460) as growth, index_number(400, 460) as index, annual_growth(100, 121, 2) as yearly,
    growth_lower(400, 460, 6.25) as lower, growth_upper(400, 460, 6.25) as upper, growth_upper(400, 460, 0) as exact,
    growth(0, 5) as none, annual_growth(0, 5, 2) as no_start, growth_lower(5, 0, 6.25) as no_end`);
  expect(row!.growth).toBeCloseTo(0.15, 14);
  expect(row!.index).toBeCloseTo(115, 12);
  expect(row!.yearly).toBeCloseTo(0.1, 14);
  expect(row!.exact).toBeCloseTo(0.15, 14);
  expect(Math.log((row!.upper + 1) / 1.15)).toBeCloseTo(
    1.959963984540054 * 2.5 * Math.sqrt(1 / 400 ** 2 + 1 / 460 ** 2),
    12,
  );
  expect((row!.lower + 1) * (row!.upper + 1)).toBeCloseTo(1.15 ** 2, 12);
  expect(row).toMatchObject({ none: null, no_start: null, no_end: null });
});

test('standard errors carry sampling and noise, and are absent without a base', async () => {
  const [row] =
    await rows(`select proportion_standard_error(10, 100) as plain, proportion_standard_error(10, 100, 6.25, 6.25) as noisy,
    rate_standard_error(65, 100) as rate, proportion_standard_error(1, 0) as none, rate_standard_error(null, 5) as missing, mean_standard_error(6, 9) as mean`);
  expect(row!.plain).toBeCloseTo(0.03, 14);
  expect(row!.noisy).toBeCloseTo(Math.sqrt(0.0009 + (6.25 * 1.01) / 10_000), 14);
  expect(row!.rate).toBeCloseTo(Math.sqrt(65) / 100, 14);
  expect(row).toMatchObject({ none: null, missing: null, mean: 2 });
});
