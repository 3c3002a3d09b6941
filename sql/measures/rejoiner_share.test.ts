import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './rejoiner_share.ts';

test('8 of 200 joiners came back', async () => {
  const { value } = await figureOf(measure, { rejoined: 8, joiners_support: 200 });
  expect(value).toBeCloseTo(0.04, 12);
});
