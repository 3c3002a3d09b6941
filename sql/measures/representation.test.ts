import { expect, test } from 'vitest';
import { figuresOf } from '../src/hand-counted.ts';
import { measure } from './representation.ts';

test('within each band, groups are shares of the people whose answer is known', async () => {
  const cells = {
    'band+ethnic_group': {
      'band_2+black': { headcount: 20 },
      'band_2+unknown': { headcount: 30 },
      'band_2+white': { headcount: 80 },
      'band_3+black': { headcount: 5 },
      'band_3+white': { headcount: 95 },
    },
  };
  const figures = await figuresOf(measure, cells, { by: ['band', 'ethnic_group'] });
  expect(figures.map(({ value }) => value)).toEqual([0.2, null, 0.8, 0.05, 0.95]);
});
