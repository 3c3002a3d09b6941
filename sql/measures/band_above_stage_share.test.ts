import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './band_above_stage_share.ts';

test('9 above among 60 mapped people are 15 %', async () => {
  const { value } = await figureOf(measure, { band_above_stage: 9, framework_mapped: 60 });
  expect(value).toBeCloseTo(0.15, 12);
});
