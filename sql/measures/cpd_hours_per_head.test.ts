import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './cpd_hours_per_head.ts';

test('1,440 hours of 240 people are 6 for each', async () => {
  const { value } = await figureOf(measure, { cpd_hours: 14_400, cpd_hours_known: 240 });
  expect(value).toBeCloseTo(6, 12);
});
