import { expect, test } from 'vitest';
import { figuresOf } from '../src/hand-counted.ts';
import { measure } from './transition_share.ts';

test('of 150 people at band 3, 120 stayed, 12 rose and 18 left: 80 %, 8 % and 12 %', async () => {
  const cells = {
    band: { band_3: { headcount_start: 150 } },
    'band+to_state': {
      'band_3+band_3': { transitions: 120 },
      'band_3+band_4': { transitions: 12 },
      'band_3+left': { transitions: 18 },
    },
  };
  const figures = await figuresOf(measure, cells, { by: ['band', 'to_state'] });
  expect(figures.map(({ value }) => value)).toEqual([0.8, 0.08, 0.12]);
});
