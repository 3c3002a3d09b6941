import { describe, expect, test } from 'vitest';
import { audienceOf, countRows, countTable } from './audiences.ts';
import { chainTable, probabilities } from './chain.ts';

const rowOf = (count: number) => [...probabilities(chainTable, count)];
const spread = (row: Iterable<[number, number]>, about: number) =>
  [...row].reduce((sum, [value, p]) => sum + p * (value - about) ** 2, 0);

describe('the public count, drawn from the trusted one', () => {
  // Worked out by exact enumeration, apart from this code.
  test.each([
    [0, { 0: 1 }],
    [3, { 0: 0.4, 5: 0.6 }],
    [4, { 0: 0.2, 5: 0.8 }],
    [5, { 0: 0.097742, 5: 0.543279, 6: 0.254559, 7: 0.082631, 8: 0.018582, 9: 0.002895, 10: 0.000312 }],
    [6, { 5: 0.487985, 6: 0.252201, 7: 0.130343, 8: 0.067364, 9: 0.034815, 10: 0.017993, 11: 0.009299 }],
    [7, { 5: 0.25048, 6: 0.224241, 7: 0.183572, 8: 0.137419, 9: 0.094066, 10: 0.058881, 11: 0.033702, 12: 0.01764 }],
    [
      30,
      {
        25: 0.005128,
        26: 0.019818,
        27: 0.056712,
        28: 0.120178,
        29: 0.188588,
        30: 0.219152,
        31: 0.188588,
        32: 0.120178,
        33: 0.056712,
        34: 0.019818,
        35: 0.005128,
      },
    ],
  ])('row %i', (count, expected) => {
    const row = rowOf(count);
    expect(row.map(([value]) => value)).toEqual(Object.keys(expected).map(Number));
    for (const [value, p] of row) expect(p).toBeCloseTo((expected as Record<number, number>)[value]!, 6);
    expect(row.reduce((sum, [value, p]) => sum + value * p, 0)).toBeCloseTo(count, 7);
  });

  test('is unbiased about the truth, never 1 to 4, never further off than 10, and of the variances stated', () => {
    const rows = countRows(audienceOf('public'), 40);
    const variances = rows.map((row, n) => spread(row, n));
    for (const [n, row] of rows.entries()) {
      expect([...row].reduce((sum, [value, p]) => sum + value * p, 0)).toBeCloseTo(n, 6);
      for (const value of row.keys()) expect((value === 0 || value >= 5) && Math.abs(value - n) <= 10).toBe(true);
    }
    for (const [k, expected] of [4.27, 6.14, 6.8, 6.79, 6.56, 6.22, 6.05, 6.09].entries())
      expect(variances[k + 1]).toBeCloseTo(expected, 2);
    for (const variance of variances.slice(12)) expect(variance).toBeCloseTo(6.25, 6);
    const zero = rows.map((row) => row.get(0) ?? 0);
    for (const [k, expected] of [0.807, 0.604, 0.422, 0.27, 0.155, 0.075, 0.03, 0.01].entries())
      expect(zero[k + 1]).toBeCloseTo(expected, 3);
  });

  test('says nothing of the truth that the trusted count does not say', () => {
    const trusted = countTable(audienceOf('trusted'));
    const prior = [0, 4, 3, 2, 1, 1, 1, 1, 1];
    for (const [t] of probabilities(trusted, 4))
      for (const [value] of rowOf(t)) {
        const both = prior.map(
          (p, n) => p * (probabilities(trusted, n).get(t) ?? 0) * (probabilities(chainTable, t).get(value) ?? 0),
        );
        const alone = prior.map((p, n) => p * (probabilities(trusted, n).get(t) ?? 0));
        const share = (list: number[]) => list.map((p) => p / list.reduce((sum, each) => sum + each, 0));
        for (const [n, p] of share(both).entries()) expect(p).toBeCloseTo(share(alone)[n]!, 12);
      }
  });
});
