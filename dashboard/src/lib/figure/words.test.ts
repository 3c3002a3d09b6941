import { expect, it } from 'vitest';
import { listed, lowerFirst, upperFirst } from './words.ts';

it('writes a title as it stands inside a sentence', () => {
  expect(lowerFirst('Leaver rate')).toBe('leaver rate');
  expect(lowerFirst('CPD participation')).toBe('CPD participation');
  expect(lowerFirst('')).toBe('');
});

it('lists words as people say them', () => {
  expect(listed([])).toBe('');
  expect(listed(['Wales'])).toBe('Wales');
  expect(listed(['England', 'Scotland', 'Wales'])).toBe('England, Scotland and Wales');
});

it('writes words as they stand at the start of a sentence', () => {
  expect(upperFirst('no clear difference')).toBe('No clear difference');
});
