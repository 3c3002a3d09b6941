import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './stage_up_rate.ts';

test('12 of 300 people rose a stage: 4 %', async () => {
  const { value } = await figureOf(measure, { stage_up: 12, headcount_start: 300 });
  expect(value).toBeCloseTo(0.04, 12);
});
