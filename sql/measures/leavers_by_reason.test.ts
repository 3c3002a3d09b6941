import { expect, test } from 'vitest';
import { figuresOf } from '../src/hand-counted.ts';
import { measure } from './leavers_by_reason.ts';

test('6 people left for work-life balance and 2 retired', async () => {
  const leaving_reason = {
    retirement_age: { leavers_by_reason: 2 },
    voluntary_resignation_work_life_balance: { leavers_by_reason: 6 },
  };
  const figures = await figuresOf(measure, { leaving_reason }, { by: ['leaving_reason'] });
  expect(figures.map(({ value }) => value)).toEqual([2, 6]);
});
