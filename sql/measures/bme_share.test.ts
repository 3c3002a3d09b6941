import { expect, test } from 'vitest';
import { figuresOf } from '../src/hand-counted.ts';
import { measure } from './bme_share.ts';

test('15398 of 81331 people whose answer is known are 18.93 %', async () => {
  const ethnic_group = {
    white: { headcount: 65_933 },
    asian: { headcount: 9000 },
    black: { headcount: 4000 },
    mixed: { headcount: 1400 },
    other: { headcount: 998 },
    unknown: { headcount: 3266 },
  };
  const [figure] = await figuresOf(measure, { ethnic_group });
  expect(figure).toMatchObject({ numerator: 15398, denominator: 81331 });
  expect(figure!.value).toBeCloseTo(0.1893251035890374, 9);
});
