import { expect, test } from 'vitest';
import { figuresOf } from '../src/hand-counted.ts';
import { measure } from './ethnicity_disclosure_rate.ts';

test('answers of 360 of 400 people are known: 90 %', async () => {
  const ethnic_group = { white: { headcount: 300 }, asian: { headcount: 60 }, unknown: { headcount: 40 } };
  const [figure] = await figuresOf(measure, { '': { '': { headcount: 400 } }, ethnic_group });
  expect(figure).toMatchObject({ numerator: 360, denominator: 400, value: 0.9 });
});
