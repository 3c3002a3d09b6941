import { expect, it } from 'vitest';
import type { Value } from '../figure/figure.ts';
import { sparkline } from './sparkline.ts';
import { textWidth } from './text-width.ts';

const value = (number: number | null): Value => ({
  value: number,
  status: number === null ? 'CONFIDENTIAL' : 'OK',
  display: '',
});

it('leaves a gap where a value is withheld', () => {
  expect(sparkline([1, 2, null, 3, 4].map(value), 100, 30).line.match(/M/g)).toHaveLength(2);
});

it('ends in a dot at the last value that may be shown', () => {
  expect(sparkline([1, 2, null].map(value), 106, 30).dot).toEqual({ x: 53, y: 3 });
  expect(sparkline([null, null].map(value), 100, 30)).toEqual({ line: '', bands: [], dot: null });
});

it('measures text as Helvetica does', () => {
  expect(textWidth('Hello', 1000, false)).toBe(722 + 556 + 222 + 222 + 556);
});
