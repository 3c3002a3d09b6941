import { expect, test } from 'vitest';
import { figuresOf } from '../src/hand-counted.ts';
import { measure } from './age_55_over_share.ts';

test('18 and 2 of 80 people of known age are 25 %', async () => {
  const age_band = {
    age_25_34: { headcount: 60 },
    age_55_64: { headcount: 18 },
    age_65_over: { headcount: 2 },
    unknown: { headcount: 20 },
  };
  const [figure] = await figuresOf(measure, { '': { '': { headcount: 100 } }, age_band });
  expect(figure).toMatchObject({ numerator: 20, denominator: 80, value: 0.25 });
});
