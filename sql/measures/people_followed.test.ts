import { expect, test } from 'vitest';
import { figuresOf } from '../src/hand-counted.ts';
import { measure } from './people_followed.ts';

test('50 people were followed in their first three months and 41 in the next three', async () => {
  const elapsed = { elapsed_00: { at_risk: 50 }, elapsed_03: { at_risk: 41 } };
  const figures = await figuresOf(measure, { elapsed }, { by: ['elapsed'] });
  expect(figures.map(({ value }) => value)).toEqual([50, 41]);
});
