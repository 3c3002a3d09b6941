import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './headcount_end.ts';

test('101,784 support to ST&T staff were in post at the end of November 2025', async () => {
  const { value } = await figureOf(measure, { headcount_start: 101_759, headcount: 101_784 }, { source: 'published' });
  expect(value).toBeCloseTo(101_784, 12);
});
