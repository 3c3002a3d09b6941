import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './headcount_broad.ts';

test('412 people and 55 technicians and instructors are 467', async () => {
  const { value } = await figureOf(measure, { headcount: 412, headcount_broad: 467 });
  expect(value).toBeCloseTo(467, 12);
});
