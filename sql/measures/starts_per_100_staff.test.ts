import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './starts_per_100_staff.ts';

test('12 starts at 300 people are 4 for every 100', async () => {
  const { value } = await figureOf(measure, { apprenticeship_starts: 12, headcount: 300 });
  expect(value).toBeCloseTo(4, 12);
});
