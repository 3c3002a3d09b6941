import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './fte_per_100k_population.ts';

test('35,064 FTE for 56.55 million residents are 62.0 for every 100,000', async () => {
  const { value } = await figureOf(measure, { fte: 35_064_000, population: 56_550_000 });
  expect(value).toBeCloseTo(62.005305039787, 9);
});
