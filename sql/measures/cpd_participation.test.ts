import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './cpd_participation.ts';

test('144 of 240 people with an activity are 60 %', async () => {
  const { value } = await figureOf(measure, { cpd_participants: 144, training_eligible: 240 });
  expect(value).toBeCloseTo(0.6, 12);
});
