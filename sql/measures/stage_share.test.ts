import { expect, test } from 'vitest';
import { figuresOf } from '../src/hand-counted.ts';
import { measure } from './stage_share.ts';

test('of 100 people, 60, 30 and 10 are shares of 60 %, 30 % and 10 %', async () => {
  const cells = {
    '': { '': { headcount: 100 } },
    stage: {
      support_worker: { headcount: 60 },
      senior_support_worker: { headcount: 30 },
      assistant_practitioner: { headcount: 10 },
    },
  };
  const figures = await figuresOf(measure, cells, { by: ['stage'] });
  expect(figures.map(({ value }) => value)).toEqual([0.1, 0.3, 0.6]);
});

test('split by sex as well, each sex adds up to its own 100 %', async () => {
  const cells = {
    sex: { female: { fte: 40_000 }, male: { fte: 10_000 } },
    'sex+stage': { 'female+support_worker': { fte: 10_000 }, 'male+support_worker': { fte: 5_000 } },
  };
  const figures = await figuresOf(measure, cells, { by: ['sex', 'stage'], given: { basis: 'FTE' } });
  expect(figures.map(({ value }) => value)).toEqual([0.25, 0.5]);
});
