import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './newly_registered.ts';

test('3 people became registered', async () => {
  const { value } = await figureOf(measure, { to_registered: 3, headcount_start: 400 });
  expect(value).toBeCloseTo(3, 12);
});
