import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './fte_joiner_rate.ts';

test('15.3 of 102.0 FTE on average are 15 %', async () => {
  const { value } = await figureOf(measure, { fte_start: 100_000, fte: 104_000, joiners_organisation_fte: 15_300 });
  expect(value).toBeCloseTo(0.15, 12);
});

test('1,335.2 FTE of support to ST&T staff joined in November 2025: 1.4841 %', async () => {
  const { value } = await figureOf(
    measure,
    { fte_start: 89_962_500, fte: 89_973_500, joiners_organisation_fte: 1_335_200 },
    { source: 'published' },
  );
  expect(value).toBeCloseTo(0.0148408322959274, 9);
});
