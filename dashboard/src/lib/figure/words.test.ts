import { expect, it } from 'vitest';
import { lowerFirst } from './words.ts';

it('writes a title as it stands inside a sentence', () => {
  expect(lowerFirst('Leaver rate')).toBe('leaver rate');
  expect(lowerFirst('CPD participation')).toBe('CPD participation');
  expect(lowerFirst('')).toBe('');
});
