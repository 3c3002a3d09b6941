import { describe, expect, test } from 'vitest';
import { exactAbove, isFixed, nhs1To7Round5, ons10To5, roundingBase5 } from './fixed-ptables.ts';
import { createPTable, publish } from './ptable.ts';

const counts = [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 14, 17, 18, 1002, 1003, 123_456];
const all = (table: Parameters<typeof publish>[0]) => counts.map((count) => publish(table, count, 12_345));

describe('fixed p-tables', () => {
  test('conventional rounding goes to the nearest 5', () => {
    expect(all(roundingBase5)).toEqual([0, 0, 0, 5, 5, 5, 5, 10, 10, 10, 10, 15, 15, 15, 20, 1000, 1005, 123_455]);
  });

  test("ONS's rule withholds counts below 10 and rounds the rest", () => {
    expect(all(ons10To5)).toEqual([...Array<null>(9).fill(null), 10, 10, 15, 15, 15, 20, 1000, 1005, 123_455]);
  });

  test("NHS England's rule withholds 1 to 7, shows zero and rounds the rest", () => {
    expect(all(nhs1To7Round5)).toEqual([
      0,
      ...Array<null>(6).fill(null),
      10,
      10,
      10,
      10,
      15,
      15,
      15,
      20,
      1000,
      1005,
      123_455,
    ]);
  });

  test('exact counts are withheld from 1 to one below the minimum', () => {
    expect(all(exactAbove(5))).toEqual([0, null, null, null, null, ...counts.slice(5)]);
  });

  test('give one answer whatever the key, unlike the cell key method', () => {
    expect([roundingBase5, ons10To5, nhs1To7Round5, exactAbove(5)].every(isFixed)).toBe(true);
    expect(isFixed(createPTable({ D: 5, V: 3, js: 2 }))).toBe(false);
  });
});
