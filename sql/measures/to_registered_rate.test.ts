import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './to_registered_rate.ts';

test('3 of 400 people became registered: 0.75 %', async () => {
  const { value } = await figureOf(measure, { to_registered: 3, headcount_start: 400 });
  expect(value).toBeCloseTo(0.0075, 12);
});
