import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './framework_mapped_share.ts';

test('270 of 360 people with a recorded stage are 75 %', async () => {
  const { value } = await figureOf(measure, { framework_mapped: 270, headcount: 360 });
  expect(value).toBeCloseTo(0.75, 12);
});
