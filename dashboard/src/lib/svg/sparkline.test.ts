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
  expect(sparkline([null, null].map(value), 100, 30)).toEqual({ line: '', bands: [], breaks: [], dot: null });
});

it('begins anew at a break in the series, with a rule there', () => {
  const broken = [1, 2, 3, 4].map((number, place): Value => ({
    ...value(number),
    flags: place === 2 ? ['BREAK'] : [],
  }));
  const { line, breaks } = sparkline(broken, 106, 30);
  expect(line.match(/M/g)).toHaveLength(2);
  expect(breaks).toEqual([69.7]);
});

it('measures text as Helvetica does', () => {
  expect(textWidth('Hello', 1000, false)).toBe(722 + 556 + 222 + 222 + 556);
});
