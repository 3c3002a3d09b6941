import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './apprenticeship_enrolments.ts';

test('5,120 enrolments', async () => {
  const { value } = await figureOf(measure, { enrolments: 5120 }, { source: 'published' });
  expect(value).toBeCloseTo(5120, 12);
});
