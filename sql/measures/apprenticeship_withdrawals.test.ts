import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './apprenticeship_withdrawals.ts';

test('7 people withdrew', async () => {
  const { value } = await figureOf(measure, { apprenticeship_withdrawals: 7, apprenticeship_starts: 20 });
  expect(value).toBeCloseTo(7, 12);
});
