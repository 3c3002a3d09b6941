import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './registration_conversion.ts';

test('9 of 12 achievements led to registration: 75 %', async () => {
  const { value } = await figureOf(measure, { apprenticeship_to_registered: 9, apprenticeship_achievements: 12 });
  expect(value).toBeCloseTo(0.75, 12);
});
