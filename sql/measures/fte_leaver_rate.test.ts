import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './fte_leaver_rate.ts';

test('9.0 and 1.2 of 102.0 FTE on average are 10 %', async () => {
  const { value } = await figureOf(measure, {
    fte_start: 100_000,
    fte: 104_000,
    leavers_organisation_fte: 9000,
    went_inactive_fte: 1200,
  });
  expect(value).toBeCloseTo(0.1, 12);
});

test('1,034.7 FTE of support to ST&T staff left in November 2025: 1.1501 %', async () => {
  const { value } = await figureOf(
    measure,
    { fte_start: 89_962_500, fte: 89_973_500, leavers_organisation_fte: 1_034_700 },
    { source: 'published' },
  );
  expect(value).toBeCloseTo(0.0115007558799, 9);
});
