import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './pdp_rate.ts';

test('180 of 240 people with a personal development plan are 75 %', async () => {
  const { value } = await figureOf(measure, { pdp: 180, training_eligible: 240 });
  expect(value).toBeCloseTo(0.75, 12);
});
