import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './withdrawal_rate.ts';

test('7 withdrawn beside 30 in learning and 13 achieved are 14 %', async () => {
  const { value } = await figureOf(measure, {
    apprenticeship_withdrawals: 7,
    apprenticeship_in_learning: 30,
    apprenticeship_achievements: 13,
  });
  expect(value).toBeCloseTo(0.14, 12);
});
