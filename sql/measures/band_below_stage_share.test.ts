import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './band_below_stage_share.ts';

test('30 below among 200 mapped people are 15 %', async () => {
  const { value } = await figureOf(measure, { band_below_stage: 30, framework_mapped: 200 });
  expect(value).toBeCloseTo(0.15, 12);
});
