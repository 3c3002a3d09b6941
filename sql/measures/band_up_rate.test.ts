import { expect, test } from 'vitest';
import { figureOf, figuresOf } from '../src/hand-counted.ts';
import { measure } from './band_up_rate.ts';

test('18 of 300 people moved up: 6 %', async () => {
  const { value } = await figureOf(measure, { band_up: 18, headcount_start: 300 });
  expect(value).toBeCloseTo(0.06, 12);
});

test('2 to 3 and 3 to 4 are read by band', async () => {
  const band = { band_2: { band_up: 12, headcount_start: 120 }, band_3: { band_up: 6, headcount_start: 150 } };
  const figures = await figuresOf(measure, { band }, { by: ['band'] });
  expect(figures.map(({ value }) => value)).toEqual([0.1, 0.04]);
});
