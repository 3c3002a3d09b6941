import { expect, test } from 'vitest';
import { figuresOf } from '../src/hand-counted.ts';
import { measure } from './disability_disclosure_rate.ts';

test('answers of 360 of 400 people are known: 90 %', async () => {
  const disability = { disabled: { headcount: 24 }, not_disabled: { headcount: 336 }, unknown: { headcount: 40 } };
  const [figure] = await figuresOf(measure, { '': { '': { headcount: 400 } }, disability });
  expect(figure).toMatchObject({ numerator: 360, denominator: 400, value: 0.9 });
});
