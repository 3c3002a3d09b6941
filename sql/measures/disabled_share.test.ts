import { expect, test } from 'vitest';
import { figuresOf } from '../src/hand-counted.ts';
import { measure } from './disabled_share.ts';

test('24 of 300 people whose answer is known are 8 %', async () => {
  const disability = { disabled: { headcount: 24 }, not_disabled: { headcount: 276 }, unknown: { headcount: 100 } };
  const [figure] = await figuresOf(measure, { disability });
  expect(figure).toMatchObject({ numerator: 24, denominator: 300, value: 0.08 });
});
