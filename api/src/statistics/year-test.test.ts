import { describe, expect, test } from 'vitest';
import type { Figure } from '../query/figure.ts';
import type { PeriodRecord } from '../release/catalogue.ts';
import { measureById } from '@ahp/sql/registry';
import { kindOf, type Events } from './chart-kind.ts';
import { exactSeries } from './exact-chart.ts';
import { yearTest } from './year-test.ts';

const measure = { ...measureById('leaver_rate'), parameters: undefined };
const figure = (numerator: number | null, denominator = 100) =>
  ({
    numerator,
    denominator,
    value: numerator === null ? null : numerator / denominator,
    display: `${numerator}%`,
    noise: null,
  }) as Figure;
const exact: Events = { unit: 1, counts: 1, v: 0, exact: true };
const publicly: Events = { ...exact, v: 6.25 };
const years = (counts: readonly (number | null)[], phases = counts.map(() => 1)) => ({
  periods: counts.map((_, i) => ({ label: `${2020 + i}/${21 + i}`, end: `${2021 + i}-03-31` })) as PeriodRecord[],
  figures: counts.map((count) => figure(count)),
  phases,
});

describe('the test of a year', () => {
  // Reference limits: 8 a year from three years is 0 to 17 for the public and 2 to 15 exactly; 18 is 8 to 30 and 9 to 28.
  test.each([
    ['public, 17 after 8 a year', publicly, [8, 8, 8, 17], 'COMMON_CAUSE'],
    ['public, 18 after 8 a year', publicly, [8, 8, 8, 18], 'CONCERN'],
    ['public, 0 after 8 a year', publicly, [8, 8, 8, 0], 'COMMON_CAUSE'],
    ['own, 16 after 8 a year', exact, [8, 8, 8, 16], 'CONCERN'],
    ['own, 1 after 8 a year', exact, [8, 8, 8, 1], 'IMPROVEMENT'],
    ['own, 8 after 18 a year', exact, [18, 18, 18, 8], 'IMPROVEMENT'],
    ['public, 8 after 18 a year', publicly, [18, 18, 18, 8], 'COMMON_CAUSE'],
    ['public, 7 after 18 a year', publicly, [18, 18, 18, 7], 'IMPROVEMENT'],
  ] as const)('%s', (_, events, counts, variation) => {
    const found = yearTest(measure, events, years(counts))!;
    expect(found.variation).toBe(variation);
    expect(found.test!.pValue! <= 0.05).toBe(variation !== 'COMMON_CAUSE');
  });

  test('fewer than five expected, one year before, or a break give no verdict and say why', () => {
    const few = yearTest(measure, exact, years([4, 4, 4, 30]))!;
    expect(few).toMatchObject({ variation: null, limits: null, test: null });
    expect(few.statement).toContain('even twice as many would mostly be missed');
    expect(yearTest(measure, exact, years([null, null, 20, 40]))!.statement).toContain('two earlier years');
    expect(yearTest(measure, exact, years([20, 20, 20, 40], [1, 1, 2, 2]))).toMatchObject({
      variation: null,
      years: 1,
    });
    expect(yearTest(measure, exact, years([40]))).toBeNull();
    expect(yearTest(measure, exact, years([null, null]))).toBeNull();
  });
});

describe('which chart', () => {
  const of = (mean: number, events: Events) => kindOf(events, Array(12).fill(figure(mean)));
  test.each([
    [exact, 4],
    [{ ...exact, v: 3 }, 7],
    [publicly, 10.25],
    [{ ...publicly, counts: 2, v: 12.5 }, 16.5],
  ] as const)('an XmR chart from 4 + V events a point on (%#)', (events, least) => {
    expect(of(least, events)).toBe('XMR');
    expect(of(least - 0.01, events)).toBe('EXACT');
    expect(of(least - 0.01, { ...events, exact: false })).toBe('NONE');
  });

  test('exact limits are the reference ones, a published 0 is no improvement, and under 12 points there is no verdict', () => {
    const counts = [2, 3, 2, 1, 2, 2, 3, 2, 0, 4.2, 2, 2];
    const points = exactSeries(
      measure,
      publicly,
      counts.map((count) => figure(count)),
      counts.map(() => 1),
    );
    expect(points[0]!.limits).toMatchObject({ lower: 0, upper: 0.12 });
    expect(points.every(({ rule, variation }) => rule === null && variation === 'COMMON_CAUSE')).toBe(true);
    const high = exactSeries(
      measure,
      exact,
      [...counts.slice(1), 14].map((count) => figure(count)),
      counts.map(() => 1),
    );
    expect(high.at(-1)).toMatchObject({ rule: 'ABOVE_LIMIT', variation: 'CONCERN' });
    const short = exactSeries(
      measure,
      exact,
      [...counts.slice(2), 14].map((count) => figure(count)),
      counts.map(() => 1),
    );
    expect(short.at(-1)).toMatchObject({ rule: null, variation: null });
    expect(exactSeries(measure, exact, [figure(3)], [1])[0]!.limits).toBeNull();
  });
});
