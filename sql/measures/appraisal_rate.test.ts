import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './appraisal_rate.ts';

test('204 of 240 people with an appraisal are 85 %', async () => {
  const { value } = await figureOf(measure, { appraised: 204, training_eligible: 240 });
  expect(value).toBeCloseTo(0.85, 12);
});
