import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './plan_coverage.ts';

test('150 of 300 people in planned services are half', async () => {
  const { value } = await figureOf(measure, { headcount_planned_for: 150, headcount: 300 });
  expect(value).toBeCloseTo(0.5, 12);
});
