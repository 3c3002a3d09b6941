import { expect, test } from 'vitest';
import { levelChange } from './level-change.ts';
import { logLogLimits } from './log-log-limits.ts';
import { projectRange } from './markov-draws.ts';
import { randomNormal, seededRandom } from './random.ts';

test('log-log limits follow from the survival and standard error of the lung data at 365 days, as R gives these', () => {
  const [lower, upper] = logLogLimits(0.40924162, (0.035823638 / 0.40924162) ** 2)!;
  expect(lower).toBeCloseTo(0.3387, 3);
  expect(upper).toBeCloseTo(0.4784, 3);
});

test('there are no log-log limits where the curve is 0 or 1', () => {
  expect(logLogLimits(1, 0)).toBeNull();
  expect(logLogLimits(0, 0.1)).toBeNull();
});

test('a change of level is found where it is, with its size and the p-value of its z-score times the places looked at', () => {
  const found = levelChange([1, 1, 1, 1, 3, 3, 3, 3], 1)!;
  // z = 2 / sqrt(1/4 + 1/4) = 2.828427, two-sided p = 0.004677735; seven places.
  expect(found.before).toBe(4);
  expect(found.change).toBe(2);
  expect(found.p).toBeCloseTo(7 * 0.004677735, 7);
});

test('a change of level needs four points and a standard deviation', () => {
  expect(levelChange([1, 2, 3], 1)).toBeNull();
  expect(levelChange([1, 1, 1, 1], 0)).toBeNull();
});

test('series without a change are called changed no more often than the p-value says', () => {
  const random = seededRandom(11);
  const series = 2000;
  const found = Array.from({ length: series }, () =>
    levelChange(
      Array.from({ length: 16 }, () => randomNormal(random)),
      1,
    )!,
  );
  const rate = found.filter(({ p }) => p <= 0.05).length / series;
  expect(rate).toBeLessThan(0.06);
  expect(rate).toBeGreaterThan(0.005);
});

test('with chance in who moves and joins a projection is wider, and as wide as counting says', () => {
  const projection = { stock: [1000], moves: [[80_000, 20_000]], joiners: [200], years: 1, draws: 4000, seed: 3 };
  const [without] = projectRange(projection);
  const [found] = projectRange({ ...projection, chance: true });
  // Variance: 1000 × 0.8 × 0.2 of those who leave, 200 of those who join, and little of the moves, which are well known.
  const sd = Math.sqrt(1000 * 0.16 + 200 + 1000 ** 2 * (0.16 / 100_000));
  expect(found!.total.upper - found!.total.lower).toBeGreaterThan(without!.total.upper - without!.total.lower);
  expect((found!.total.upper - found!.total.lower) / (2 * 1.96)).toBeCloseTo(sd, -1);
  expect(found!.total.median).toBeCloseTo(1000, -1);
});
