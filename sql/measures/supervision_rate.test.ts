import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './supervision_rate.ts';

test('192 of 240 people with supervision are 80 %', async () => {
  const { value } = await figureOf(measure, { supervised: 192, training_eligible: 240 });
  expect(value).toBeCloseTo(0.8, 12);
});
