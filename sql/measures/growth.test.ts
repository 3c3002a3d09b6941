import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './growth.ts';

test('from 400 to 460 people is growth of 15 %', async () => {
  const { value } = await figureOf(measure, { headcount_start: 400, headcount: 460 });
  expect(value).toBeCloseTo(0.15, 12);
});

test('from 350.0 to 343.0 FTE is a fall of 2 %', async () => {
  const { value } = await figureOf(measure, { fte_start: 350_000, fte: 343_000 }, { given: { basis: 'FTE' } });
  expect(value).toBeCloseTo(-0.02, 12);
});
