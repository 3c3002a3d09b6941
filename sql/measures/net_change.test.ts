import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './net_change.ts';

test('support to ST&T staff grew by 25 people in November 2025', async () => {
  const { value } = await figureOf(measure, { headcount_start: 101_759, headcount: 101_784 }, { source: 'published' });
  expect(value).toBeCloseTo(25, 12);
});

test('from 40 to 33 is a change of −7', async () => {
  const { value } = await figureOf(measure, { headcount_start: 40, headcount: 33 });
  expect(value).toBeCloseTo(-7, 12);
});
