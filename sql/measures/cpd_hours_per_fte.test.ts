import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './cpd_hours_per_fte.ts';

test('1,440 hours of people with 192.0 FTE are 7.5 for each', async () => {
  const { value } = await figureOf(measure, { cpd_hours: 14_400, cpd_hours_known_fte: 192_000 });
  expect(value).toBeCloseTo(7.5, 12);
});
