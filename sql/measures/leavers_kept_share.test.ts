import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './leavers_kept_share.ts';

test('9 of 30 leavers went to another organisation: 30 %', async () => {
  const { value } = await figureOf(measure, { transferred_out: 9, leavers_organisation: 30 });
  expect(value).toBeCloseTo(0.3, 12);
});
