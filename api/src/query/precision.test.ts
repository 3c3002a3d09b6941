import { measureById } from '@ahp/sql/registry';
import { describe, expect, test } from 'vitest';
import type { AudienceRecord } from '../release/catalogue.ts';
import { statistic } from '../statistics/statistic.ts';
import type { Side } from './cells.ts';
import { noiseVariance } from './noise.ts';
import type { Plan } from './plan.ts';
import { cannotTell } from './precision.ts';
import { statusOf } from './status.ts';

const audience = (v: number, displayMinimum: number) => ({ v, displayMinimum, rateMinimum: 10 }) as AudienceRecord;
const planOf = (of: AudienceRecord) =>
  ({ source: 'extracts', set: [], catalogue: { audience: of, dimensions: [] } }) as unknown as Plan;
const side = (x: number, n: number, lower = x / n - 0.05, upper = x / n + 0.05): Side => ({
  x,
  n,
  base: null,
  value: x / n,
  lower,
  upper,
  effective: 100,
  cells: 1,
  withheld: false,
});
const leavers = {
  kind: 'proportion',
  numerator: { leavers_organisation: 1 },
  denominator: { headcount_start: 1 },
} as const;

describe('below a stated precision', () => {
  test.each([
    ['ratio', 18.19, 0, 7_214_971_166, true],
    ['ratio', 1.2, 0.2, 5.2, true],
    ['ratio', 1.2, 0.5, 2.9, false],
    ['ratio', 0.02, 0, 0.06, false],
    ['percent', 0.5, 0, 1, true],
    ['percent', 0.5, 0.21, 0.8, false],
    ['percent', 0.02, 0, 0.09, false],
  ] as const)('%s %d (%d to %d) cannot tell: %s', (unit, value, lower, upper, vague) => {
    expect(cannotTell(unit, value, lower, upper)).toBe(vague);
  });

  test('a statistic and a figure say so, and give no number', () => {
    const measure = measureById('stability_index');
    const figure = statistic(measure, { value: 0.5, lower: 0, upper: 1 });
    expect(figure).toMatchObject({ value: null, display: 'cannot tell', status: 'CANNOT_TELL', interval: null });
    expect(statusOf(planOf(audience(6.25, 5)), measure, leavers, side(20, 40, 0, 1), true)).toBe('CANNOT_TELL');
    expect(statusOf(planOf(audience(6.25, 5)), measure, leavers, side(20, 40), true)).toBe('OK');
  });
});

test('a rate of three or four people is withheld where their count is', () => {
  const measure = measureById('leaver_rate');
  const trusted = planOf(audience(3, 5));
  expect([3, 4, 5, 0].map((x) => statusOf(trusted, measure, leavers, side(x, 100), true))).toEqual([
    'CONFIDENTIAL',
    'CONFIDENTIAL',
    expect.not.stringMatching('CONFIDENTIAL'),
    'OK',
  ]);
  expect(statusOf(planOf(audience(0, 1)), measure, leavers, side(3, 100), true)).not.toBe('CONFIDENTIAL');
});

test('posts have the variance of their rounding: a vacancy of 0 may be 2.5 full-time equivalents either way', () => {
  for (const v of [6.25, 3, 0]) {
    expect(1.96 * Math.sqrt(noiseVariance(audience(v, 5), 'vacant_fte'))).toBeGreaterThan(2500);
    expect(noiseVariance(audience(v, 5), 'population')).toBe(0);
  }
});
