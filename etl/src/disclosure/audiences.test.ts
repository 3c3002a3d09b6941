import { describe, expect, test } from 'vitest';
import { audienceOf, audiences, countRows, countTable } from './audiences.ts';

describe.each(audiences)('audience $id', (audience) => {
  test('publishes with the D, V and js that its row states', () => {
    if (audience.v === 0)
      return expect(
        countTable(audience)
          .rows.flat()
          .every(({ v }) => v === 0 || v === null),
      ).toBe(true);
    const rows = countRows(audience, 40);
    const shown = rows.flatMap((row) => [...row.keys()]);
    const changes = rows.flatMap((row, count) => [...row.keys()].map((value) => value - count));
    const variances = rows.map((row, count) => [...row].reduce((sum, [value, p]) => sum + p * (value - count) ** 2, 0));
    expect(Math.max(...changes.map(Math.abs))).toBe(audience.d);
    expect(Math.min(...shown.filter((value) => value > 0))).toBe(audience.js + 1);
    for (const variance of variances.slice(audience.drawnFrom ? 12 : 1)) expect(variance).toBeCloseTo(audience.v, 6);
  });

  test('says what it is and for whom, and never shows a rate on fewer people than a count', () => {
    expect(audience.label.length).toBeGreaterThan(3);
    expect(audience.description).toMatch(/\.$/);
    expect(audience.rateMinimum).toBeGreaterThanOrEqual(audience.displayMinimum);
    expect(audienceOf(audience.id)).toBe(audience);
  });

  test('states the standard deviation of its noise truly', () => {
    const stated = /standard deviation ([\d.]+)/.exec(audience.description)?.[1];
    expect(stated).toBe(audience.v === 0 ? undefined : Math.sqrt(audience.v).toFixed(1));
  });
});
