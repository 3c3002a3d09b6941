import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './career_conversation_rate.ts';

test('96 of 240 people with a career conversation are 40 %', async () => {
  const { value } = await figureOf(measure, { career_conversation: 96, training_eligible: 240 });
  expect(value).toBeCloseTo(0.4, 12);
});
