import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './apprentice_share.ts';

test('21 apprentices among 300 people are 7 %', async () => {
  const { value } = await figureOf(measure, { apprentices: 21, headcount: 300 });
  expect(value).toBeCloseTo(0.07, 12);
});
