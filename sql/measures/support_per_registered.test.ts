import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './support_per_registered.ts';

test('40.0 FTE of support beside 160.0 FTE of registered AHPs are 0.25', async () => {
  const { value } = await figureOf(measure, { fte: 40_000, registered_fte: 160_000 });
  expect(value).toBeCloseTo(0.25, 12);
});

test('50 people beside 175 registered AHPs are 2 for every 7', async () => {
  const { value } = await figureOf(measure, { headcount: 50, registered: 175 }, { given: { basis: 'HEADCOUNT' } });
  expect(value).toBeCloseTo(0.285714285714, 9);
});
