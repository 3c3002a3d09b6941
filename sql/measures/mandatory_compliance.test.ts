import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './mandatory_compliance.ts';

test('228 of 240 people in date are 95 %', async () => {
  const { value } = await figureOf(measure, { mandatory_compliant: 228, training_eligible: 240 });
  expect(value).toBeCloseTo(0.95, 12);
});
