import { expect, test } from 'vitest';
import { figuresOf } from '../src/hand-counted.ts';
import { measure } from './profession_share.ts';

test('of 100 people, 60, 30 and 10 are shares of 60 %, 30 % and 10 %', async () => {
  const cells = {
    '': { '': { headcount: 100 } },
    profession: {
      dietetics: { headcount: 10 },
      occupational_therapy: { headcount: 30 },
      physiotherapy: { headcount: 60 },
    },
  };
  const figures = await figuresOf(measure, cells, { by: ['profession'] });
  expect(figures.map(({ value }) => value)).toEqual([0.1, 0.3, 0.6]);
});

test('split by sex as well, each sex adds up to its own 100 %', async () => {
  const cells = {
    sex: { female: { fte: 40_000 }, male: { fte: 10_000 } },
    'profession+sex': { 'podiatry+female': { fte: 10_000 }, 'podiatry+male': { fte: 5_000 } },
  };
  const figures = await figuresOf(measure, cells, { by: ['sex', 'profession'], given: { basis: 'FTE' } });
  expect(figures.map(({ value }) => value)).toEqual([0.25, 0.5]);
});
