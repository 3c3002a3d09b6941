import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './vacancies.ts';

test('1.4 FTE are vacant', async () => {
  const { value } = await figureOf(measure, { vacant_fte: 1400 });
  expect(value).toBeCloseTo(1.4, 12);
});
