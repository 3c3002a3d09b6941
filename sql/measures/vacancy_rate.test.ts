import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './vacancy_rate.ts';

test('664.4 vacant of 14,764.4 funded posts are 4.5 %', async () => {
  const { value } = await figureOf(measure, { vacant_fte: 664_400, funded_fte: 14_764_400 });
  expect(value).toBeCloseTo(0.045000135461, 9);
});

test('2.0 FTE more than funded for 40.0 posts are a vacancy rate of −5 %', async () => {
  const { value } = await figureOf(measure, { vacant_fte: -2000, funded_fte: 40_000 });
  expect(value).toBeCloseTo(-0.05, 12);
});
