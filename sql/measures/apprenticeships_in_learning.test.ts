import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './apprenticeships_in_learning.ts';

test('34 people were in learning', async () => {
  const { value } = await figureOf(measure, { apprenticeship_in_learning: 34, apprenticeship_starts: 20 });
  expect(value).toBeCloseTo(34, 12);
});
