import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './net_reclassification.ts';

test('4 people recoded in and 11 out are −7', async () => {
  const { value } = await figureOf(measure, { reclassified_in: 4, reclassified_out: 11 });
  expect(value).toBeCloseTo(-7, 12);
});
