import { expect, test } from 'vitest';
import { figuresOf } from '../src/hand-counted.ts';
import { measure } from './destination_share.ts';

test('of 40 leavers, 8 and 20 are 20 % and 50 %, and the 12 not recorded are 30 %', async () => {
  const destination = {
    nhs_organisation: { leavers_by_reason: 8 },
    social_care: { leavers_by_reason: 20 },
    unknown: { leavers_by_reason: 12 },
  };
  const figures = await figuresOf(
    measure,
    { '': { '': { leavers_organisation: 40 } }, destination },
    { by: ['destination'] },
  );
  expect(figures.map(({ categories, value }) => [categories.destination, value])).toEqual([
    ['nhs_organisation', 0.2],
    ['social_care', 0.5],
    ['unknown', 0.3],
  ]);
});
