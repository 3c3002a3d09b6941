import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './early_leaver_share.ts';

test('5 of 20 leavers are 25 %', async () => {
  const { value } = await figureOf(measure, { early_leavers: 5, leavers_dated: 20 });
  expect(value).toBeCloseTo(0.25, 12);
});
