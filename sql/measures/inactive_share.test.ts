import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './inactive_share.ts';

test('12 people away beside 288 in post are 4 % of the 300 employed', async () => {
  const { value } = await figureOf(measure, { inactive_headcount: 12, headcount: 288 });
  expect(value).toBeCloseTo(0.04, 12);
});
