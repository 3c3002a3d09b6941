import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './leavers.ts';

test('9 people left the organisation', async () => {
  const { value } = await figureOf(measure, { leavers_organisation: 9, leavers_support: 7, leavers_nhs: 4 });
  expect(value).toBeCloseTo(9, 12);
});

test('of whom 7 left AHP support', async () => {
  const { value } = await figureOf(
    measure,
    { leavers_organisation: 9, leavers_support: 7, leavers_nhs: 4 },
    { given: { scope: 'SUPPORT_WORKFORCE' } },
  );
  expect(value).toBeCloseTo(7, 12);
});
