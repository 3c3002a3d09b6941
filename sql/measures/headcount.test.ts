import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './headcount.ts';

test('412 people in post are a headcount of 412', async () => {
  const { value } = await figureOf(measure, { headcount: 412 });
  expect(value).toBeCloseTo(412, 12);
});
