import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './early_leavers.ts';

test('5 of 20 leavers had less than a year of service', async () => {
  const { value } = await figureOf(measure, { early_leavers: 5, leavers_organisation: 20 });
  expect(value).toBeCloseTo(5, 12);
});
