import { expect, test } from 'vitest';
import { exactLimits, exactP, publishedSum } from './published-counts.ts';

const audiences = [
  ['public', 6.25],
  ['own', 0],
] as const;

// Reference limits of charts, of the year test and of funnels, each for the public and for an employer’s own exact counts.
test.each([
  { mean: 2.1, points: 12, alpha: 0.002, public: [0, 12], own: [0, 8] },
  { mean: 9, points: 12, alpha: 0.002, public: [0, 23], own: [1, 20] },
  { mean: 8, points: 3, alpha: 0.05, public: [0, 17], own: [2, 15] },
  { mean: 18, points: 3, alpha: 0.05, public: [8, 30], own: [9, 28] },
  { mean: 7.2, points: null, alpha: 0.002, public: [0, 19], own: [1, 17] },
  { mean: 24, points: null, alpha: 0.002, public: [8, 42], own: [10, 40] },
])('limits of $mean events from $points points at $alpha', ({ mean, points, alpha, ...reference }) => {
  for (const [id, v] of audiences) {
    const { lower, upper } = exactLimits({ mean, points, cells: 1, v }, alpha);
    expect([lower, upper], id).toEqual(reference[id]);
  }
});

test('probabilities add up to 1 around the mean, over several cells too', () => {
  for (const cells of [1, 2, 3])
    for (const v of [0, 3, 6.25]) {
      const sum = publishedSum({ mean: 11, points: 12, cells, v })!;
      expect(sum.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      expect(sum.reduce((mean, p, x) => mean + p * x, 0)).toBeCloseTo(11, 6);
    }
});

test('a count outside the limits is the one with a p-value under alpha', () => {
  const expected = { mean: 12, points: 3, cells: 2, v: 6.25 };
  const { lower, upper } = exactLimits(expected, 0.05);
  expect(exactP(expected, lower - 1)).toBeLessThanOrEqual(0.05);
  expect(exactP(expected, lower)).toBeGreaterThan(0.05);
  expect(exactP(expected, upper + 1)).toBeLessThanOrEqual(0.05);
  expect(exactP(expected, upper)).toBeGreaterThan(0.05);
  expect(exactP(expected, 0)).toBeLessThan(exactP(expected, 5));
});

test('beyond eight cells the normal distribution serves', () => {
  const { lower, upper } = exactLimits({ mean: 200, points: null, cells: 9, v: 6.25 }, 0.05);
  expect([lower, upper]).toEqual([169, 231]);
});
