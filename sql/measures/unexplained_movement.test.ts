import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './unexplained_movement.ts';

test('40 + 5 joined + 1 back + 2 moved in − 4 left − 2 away − 1 moved out are 41', async () => {
  const { value } = await figureOf(measure, {
    headcount_start: 40,
    headcount: 41,
    joiners_organisation: 5,
    reactivated: 1,
    moved_in: 2,
    leavers_organisation: 4,
    went_inactive: 2,
    moved_out: 1,
  });
  expect(value).toBeCloseTo(0, 12);
});

test('242 fewer support to ST&T staff than expected in November 2025', async () => {
  const { value } = await figureOf(
    measure,
    { headcount_start: 101_759, headcount: 101_784, joiners_organisation: 1501, leavers_organisation: 1234 },
    { source: 'published' },
  );
  expect(value).toBeCloseTo(-242, 12);
});
