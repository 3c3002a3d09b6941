import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './stuck_share.ts';

test('84 of 120 people with three known years: 70 %', async () => {
  const { value } = await figureOf(measure, { at_band_over_3_years: 84, band_known_3_years: 120 });
  expect(value).toBeCloseTo(0.7, 12);
});
