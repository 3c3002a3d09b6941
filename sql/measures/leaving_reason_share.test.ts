import { expect, test } from 'vitest';
import { figuresOf } from '../src/hand-counted.ts';
import { measure } from './leaving_reason_share.ts';

test('of 40 leavers, 8 and 20 are 20 % and 50 %, and the 12 not recorded are 30 %', async () => {
  const leaving_reason = {
    retirement_age: { leavers_by_reason: 8 },
    voluntary_resignation_work_life_balance: { leavers_by_reason: 20 },
    unknown: { leavers_by_reason: 12 },
  };
  const figures = await figuresOf(
    measure,
    { '': { '': { leavers_organisation: 40 } }, leaving_reason },
    { by: ['leaving_reason'] },
  );
  expect(figures.map(({ categories, value }) => [categories.leaving_reason, value])).toEqual([
    ['retirement_age', 0.2],
    ['unknown', 0.3],
    ['voluntary_resignation_work_life_balance', 0.5],
  ]);
});
