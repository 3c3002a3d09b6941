import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test('the nearest name is found whatever its case, and none when nothing is near', () => {
  expect(nearest('bnad', ['sex', 'band'])).toBe('band');
  expect(nearest('BAND 3', ['Band 2', 'Band 3'])).toBe('Band 3');
  expect(nearest('occupation_code', ['occ_code', 'Occupation Cod', 'sex'])).toBe('Occupation Cod');
  expect(nearest('pilots', ['managers', 'sex'])).toBeUndefined();
  expect(nearest('x'.repeat(1000), ['managers', 'sex'])).toBeUndefined();
});
