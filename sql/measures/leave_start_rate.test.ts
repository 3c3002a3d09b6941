import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './leave_start_rate.ts';

test('8 of 400 people at the start are 2 %', async () => {
  const { value } = await figureOf(measure, { went_inactive: 8, headcount_start: 400 });
  expect(value).toBeCloseTo(0.02, 12);
});
