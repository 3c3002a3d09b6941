import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './to_apprentice_rate.ts';

test('9 of 300 people began an apprenticeship: 3 %', async () => {
  const { value } = await figureOf(measure, { to_apprentice: 9, headcount_start: 300 });
  expect(value).toBeCloseTo(0.03, 12);
});
