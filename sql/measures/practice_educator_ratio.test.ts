import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './practice_educator_ratio.ts';

test('120 people and 2.5 FTE of practice educators are 48 for each', async () => {
  const { value } = await figureOf(measure, { headcount_with_educators: 120, practice_educator_fte: 2500 });
  expect(value).toBeCloseTo(48, 12);
});
