import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './plan_gap.ts';

test('140.0 planned and 126.0 in post leave 14.0 FTE', async () => {
  const { value } = await figureOf(measure, { planned_fte: 140_000, planned_for_fte: 126_000 });
  expect(value).toBeCloseTo(14, 12);
});
