import { expect, test } from 'vitest';
import { figuresOf } from '../src/hand-counted.ts';
import { measure } from './female_share.ts';

test('255 of 300 people whose answer is known are 85 %', async () => {
  const sex = { female: { headcount: 255 }, male: { headcount: 45 }, unknown: { headcount: 4 } };
  const [figure] = await figuresOf(measure, { sex });
  expect(figure).toMatchObject({ numerator: 255, denominator: 300, value: 0.85 });
});
