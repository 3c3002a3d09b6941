import { expect, test } from 'vitest';
import { figuresOf } from '../src/hand-counted.ts';
import { measure } from './band_share.ts';

test('of 100 people, 60, 30 and 10 are shares of 60 %, 30 % and 10 %', async () => {
  const cells = {
    '': { '': { headcount: 100 } },
    band: { band_2: { headcount: 60 }, band_3: { headcount: 30 }, band_4: { headcount: 10 } },
  };
  const figures = await figuresOf(measure, cells, { by: ['band'] });
  expect(figures.map(({ value }) => value)).toEqual([0.6, 0.3, 0.1]);
});

test('split by sex as well, each sex adds up to its own 100 %', async () => {
  const cells = {
    sex: { female: { fte: 40_000 }, male: { fte: 10_000 } },
    'band+sex': { 'band_3+female': { fte: 10_000 }, 'band_3+male': { fte: 5_000 } },
  };
  const figures = await figuresOf(measure, cells, { by: ['sex', 'band'], given: { basis: 'FTE' } });
  expect(figures.map(({ value }) => value)).toEqual([0.25, 0.5]);
});
