import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './headcount_core.ts';

test('380 of 412 are assistant practitioners and helpers', async () => {
  const { value } = await figureOf(measure, { headcount: 412, headcount_core: 380 });
  expect(value).toBeCloseTo(380, 12);
});
