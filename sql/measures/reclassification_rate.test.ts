import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './reclassification_rate.ts';

test('4 in and 11 out at 300 on average are 5 %', async () => {
  const { value } = await figureOf(measure, {
    reclassified_in: 4,
    reclassified_out: 11,
    headcount_start: 304,
    headcount: 296,
  });
  expect(value).toBeCloseTo(0.05, 12);
});
