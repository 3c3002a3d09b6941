import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './joiners.ts';

test('9 people joined the organisation', async () => {
  const { value } = await figureOf(measure, { joiners_organisation: 9, joiners_support: 7, joiners_nhs: 4 });
  expect(value).toBeCloseTo(9, 12);
});

test('of whom 4 came from outside the NHS', async () => {
  const { value } = await figureOf(
    measure,
    { joiners_organisation: 9, joiners_support: 7, joiners_nhs: 4 },
    { given: { scope: 'NHS' } },
  );
  expect(value).toBeCloseTo(4, 12);
});
