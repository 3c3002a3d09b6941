import { describe, expect, test } from 'vitest';
import { audienceOf, audiences, countTable } from './audiences.ts';

describe.each(audiences)('audience $id', (audience) => {
  const { rows } = countTable(audience);

  test('has a p-table of the D, V and js that its row states', () => {
    const shown = rows.flatMap((row, count) => row.flatMap(({ v, p }) => (v === null || p === 0 ? [] : [count + v])));
    const changes = rows.flat().flatMap(({ v }) => v ?? []);
    const variances = rows.slice(1).map((row) => row.reduce((sum, { p, v }) => sum + p * (v ?? 0) ** 2, 0));
    expect(Math.max(...changes.map(Math.abs))).toBe(audience.d);
    expect(Math.min(...shown.filter((value) => value > 0))).toBeGreaterThan(audience.js);
    for (const variance of variances) expect(variance).toBeCloseTo(audience.v, 9);
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
