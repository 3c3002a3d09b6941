import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './stability_index.ts';

test('1,000 at the start of whom 95 left are a stability of 90.5 %', async () => {
  const { value } = await figureOf(measure, { headcount_start: 1000, leavers_organisation: 95 });
  expect(value).toBeCloseTo(0.905, 12);
});

test('support to ST&T staff were 98.7873 % stable in November 2025', async () => {
  const { value } = await figureOf(
    measure,
    { headcount_start: 101_759, leavers_organisation: 1234 },
    { source: 'published' },
  );
  expect(value).toBeCloseTo(0.9878733085034, 9);
});
