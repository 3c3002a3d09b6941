import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './achievement_rate.ts';

test('13 achieved and 7 withdrawn are 65 %', async () => {
  const { value } = await figureOf(measure, { apprenticeship_achievements: 13, apprenticeship_withdrawals: 7 });
  expect(value).toBeCloseTo(0.65, 12);
});
