import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './fte.ts';

test('support to ST&T staff in England were 89,973.5 FTE in November 2025', async () => {
  const { value } = await figureOf(measure, { fte: 89_973_500 }, { source: 'published' });
  expect(value).toBeCloseTo(89_973.5, 12);
});
