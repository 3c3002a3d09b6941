import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './plan_progress.ts';

test('126.0 of 140.0 planned FTE are 90 %', async () => {
  const { value } = await figureOf(measure, { planned_for_fte: 126_000, planned_fte: 140_000 });
  expect(value).toBeCloseTo(0.9, 12);
});
