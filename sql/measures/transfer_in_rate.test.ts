import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './transfer_in_rate.ts';

test('6 transfers in at 200 on average are 3 %', async () => {
  const { value } = await figureOf(measure, { transferred_in: 6, headcount_start: 190, headcount: 210 });
  expect(value).toBeCloseTo(0.03, 12);
});
