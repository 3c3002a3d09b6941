import { expect, test } from 'vitest';
import { figuresOf } from '../src/hand-counted.ts';
import { measure } from './unknown_reason_share.ts';

test('12 of 40 leavers without a reason are 30 %', async () => {
  const leaving_reason = { retirement_age: { leavers_by_reason: 28 }, unknown: { leavers_by_reason: 12 } };
  const [figure] = await figuresOf(measure, { '': { '': { leavers_organisation: 40 } }, leaving_reason });
  expect(figure).toMatchObject({ numerator: 12, denominator: 40, value: 0.3 });
});
