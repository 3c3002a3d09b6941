import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './band_down_rate.ts';

test('3 of 300 people moved down: 1 %', async () => {
  const { value } = await figureOf(measure, { band_down: 3, headcount_start: 300 });
  expect(value).toBeCloseTo(0.01, 12);
});
