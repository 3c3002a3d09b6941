import { describe, expect, test } from 'vitest';
import { measureById } from '@ahp/sql/registry';
import { changeOf, changeTogether } from '../statistics/change.ts';
import { asUnclear, clearTogether, verdictOf } from './clear-difference.ts';
import type { AudienceRecord } from '../release/catalogue.ts';
import type { ComparisonValue, Figure } from './figure.ts';

/** A comparison of a difference that is so many standard errors from zero. */
const at = (z: number): ComparisonValue => ({
  audience: {} as AudienceRecord,
  comparator: 'a year before',
  value: 10,
  gap: null,
  display: '10.0%',
  difference: z,
  interval: { lower: z - 1.959964, upper: z + 1.959964, level: 0.95, method: '' },
  verdict: verdictOf(z, { lower: z - 1.959964, upper: z + 1.959964 }),
  statement: 'higher',
});

test('a difference is clear where its interval excludes zero', () => {
  expect([2, 1.9, -2, 0].map((z) => at(z).verdict)).toEqual([
    'HIGHER',
    'NO_CLEAR_DIFFERENCE',
    'LOWER',
    'NO_CLEAR_DIFFERENCE',
  ]);
});

test('one of 26 that chance alone would make clear is not, a strong one and several are', () => {
  const others = Array.from({ length: 25 }, (_, i) => at(Math.sin(i)));
  const clear = (list: readonly ComparisonValue[]) =>
    clearTogether(list).filter((one) => one!.verdict !== 'NO_CLEAR_DIFFERENCE');
  expect(clear([at(2.2), ...others])).toHaveLength(0);
  expect(clear([at(4), ...others])).toHaveLength(1);
  expect(clear(Array<ComparisonValue>(26).fill(at(2.2)))).toHaveLength(26);
  expect(clearTogether([null, at(3)])).toEqual([null, at(3)]);
  expect(clearTogether([at(2.2), ...others])[0]!.statement).toBe('No clear difference from a year before (10.0%)');
});

describe('a direction', () => {
  const figure = (id: string, z: number) =>
    ({ measure: measureById(id), comparison: at(z) }) as Pick<Figure, 'measure' | 'comparison'>;

  test('is of rates and of people in post, never of events or of growth', () => {
    expect(changeOf(figure('headcount', 5))).toBe('IMPROVING');
    expect(changeOf(figure('growth', -5))).toBe('CHANGED');
    expect(changeOf(figure('leavers', 5))).toBe('CHANGED');
    expect(changeOf(figure('leaver_rate', 5))).toBe('WORSENING');
    expect(changeOf(figure('leaver_rate', 1))).toBe('NO_CLEAR_CHANGE');
  });

  test('of several measures takes two that agree and none that does not', () => {
    expect(changeTogether(['IMPROVING', 'NO_CLEAR_CHANGE'])).toBe('NO_CLEAR_CHANGE');
    expect(changeTogether(['IMPROVING', 'IMPROVING', 'NO_CLEAR_CHANGE'])).toBe('IMPROVING');
    expect(changeTogether(['WORSENING', 'WORSENING', 'CHANGED'])).toBe('WORSENING');
    expect(changeTogether(['IMPROVING', 'IMPROVING', 'WORSENING'])).toBe('CHANGED');
    expect(changeTogether(['CHANGED', 'NOT_COMPARABLE'])).toBe('CHANGED');
    expect(changeTogether(['NOT_COMPARABLE'])).toBe('NOT_COMPARABLE');
  });
});

test('what is unclear for another reason says so', () => {
  expect(asUnclear(at(5), ' by the chart').statement).toBe(
    'No clear difference from a year before (10.0%) by the chart',
  );
  expect(asUnclear({ ...at(5), verdict: 'NOT_COMPARABLE', statement: 'x' }).statement).toBe('x');
});
