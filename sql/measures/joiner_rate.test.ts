import { expect, test } from 'vitest';
import { figureOf } from '../src/hand-counted.ts';
import { measure } from './joiner_rate.ts';

test('1,000 at the start, 1,040 at the end and 153 joiners are 15 %', async () => {
  const { value } = await figureOf(measure, { headcount_start: 1000, headcount: 1040, joiners_organisation: 153 });
  expect(value).toBeCloseTo(0.15, 12);
});

test('a new team of 30 has joined at twice its average headcount', async () => {
  const { value } = await figureOf(measure, { headcount: 30, joiners_organisation: 30 });
  expect(value).toBeCloseTo(2, 12);
});

test('1,501 support to ST&T staff joined an organisation in November 2025: 1.4749 %', async () => {
  const { value } = await figureOf(
    measure,
    { headcount_start: 101_759, headcount: 101_784, joiners_organisation: 1501 },
    { source: 'published' },
  );
  expect(value).toBeCloseTo(0.0147487263364, 9);
});
