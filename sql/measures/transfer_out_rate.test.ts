import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './transfer_out_rate.ts';

test('6 transfers out at 200 on average are 3 %', async () => {
  const { value } = await figureOf(measure, { transferred_out: 6, headcount_start: 210, headcount: 190 });
  expect(value).toBeCloseTo(0.03, 12);
});
