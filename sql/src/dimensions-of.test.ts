import { expect, test } from 'vitest';
import { dimensionsOf } from './dimensions-of.ts';
import { measureById, measures } from './registry.ts';
import { publishedTallies, type Tally } from './tally.ts';

test('a measure may be split by what its tallies are published by together', () => {
  expect(dimensionsOf(measureById('vacancy_rate'))).toEqual(['profession', 'band']);
  expect(dimensionsOf(measureById('leaving_hazard'))).toContain('elapsed');
  expect(dimensionsOf(measureById('transition_share'))).toContain('to_state');
  expect(dimensionsOf(measureById('bme_share'))).not.toContain('ethnic_group');
  expect(dimensionsOf(measureById('headcount'))).toEqual(
    expect.arrayContaining(['profession', 'band', 'stage', 'sex', 'ethnic_group', 'age_band', 'disability']),
  );
});

test('every measure of the extracts can be split by something, but for residents', () => {
  const published: readonly Tally[] = publishedTallies;
  const whole = measures.filter((measure) => {
    const formula = measure.formula({ method: 'NHSE_AVERAGE', scope: 'ORGANISATION', basis: 'HEADCOUNT' });
    const tallies = Object.keys(formula.numerator) as Tally[];
    return dimensionsOf(measure).length === 0 && !tallies.every((tally) => published.includes(tally));
  });
  expect(whole.map(({ id }) => id)).toEqual([]);
});
