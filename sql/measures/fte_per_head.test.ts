import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './fte_per_head.ts';

test('three people with 1.0, 0.8 and 0.6 FTE hold 0.8 FTE each', async () => {
  const { value } = await figureOf(measure, { fte: 2400, headcount: 3 });
  expect(value).toBeCloseTo(0.8, 12);
});

test('support to ST&T staff held 0.884 FTE each in November 2025', async () => {
  const { value } = await figureOf(measure, { fte: 89_973_500, headcount: 101_784 }, { source: 'published' });
  expect(value).toBeCloseTo(0.88396506327, 9);
});
