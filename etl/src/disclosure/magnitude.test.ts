import { describe, expect, test } from 'vitest';
import { fteUnit, hoursUnit, magnitudeNoise, magnitudeTable, publishSum } from './magnitude.ts';
import { createPTable } from './ptable.ts';

const counts = createPTable({ D: 10, V: 6.25, js: 4, equality: true });
const noise = magnitudeTable.rows[0]!;

/** Every published pair of count and FTE of a cell, with its probability. */
function outcomes(count: number, sum: number, largest: number): { published: number; fte: number; p: number }[] {
  return counts.rows[Math.min(count, counts.rows.length - 1)]!.flatMap((person) =>
    noise.map((change) => {
      const published = count + person.v!;
      const fte = publishSum(fteUnit, { count, published, sum, largest, change: change.v! })!;
      return { published, fte, p: person.p * change.p };
    }),
  );
}

/** The chance that the likeliest of equally likely cells is the true one, given what `seen` makes of a published pair. */
function toldApart(cells: ReturnType<typeof outcomes>[], seen: (published: number, fte: number) => string): number {
  const best = new Map<string, number>();
  for (const cell of cells) {
    const chances = new Map<string, number>();
    for (const { published, fte, p } of cell)
      chances.set(seen(published, fte), (chances.get(seen(published, fte)) ?? 0) + p);
    for (const [key, p] of chances) best.set(key, Math.max(best.get(key) ?? 0, p / cells.length));
  }
  return [...best.values()].reduce((sum, p) => sum + p, 0);
}

describe('the noise of sums', () => {
  test('has mean 0, the variance it states and no change beyond D', () => {
    const tenths = magnitudeNoise.steps;
    expect(noise.reduce((sum, { p, v }) => sum + p * v!, 0)).toBeCloseTo(0, 9);
    expect(noise.reduce((sum, { p, v }) => sum + p * (v! / tenths) ** 2, 0)).toBeCloseTo(magnitudeNoise.V, 9);
    expect(Math.max(...noise.map(({ v }) => Math.abs(v!)))).toBe(magnitudeNoise.D * tenths);
    expect(noise).toHaveLength(2 * magnitudeNoise.D * tenths + 1);
  });
});

describe('a published sum', () => {
  test('is the scaled sum plus noise, rounded, capped and never below a step', () => {
    const cell = { count: 8, published: 10, sum: 6400, largest: 1000, change: -7 };
    expect(publishSum(fteUnit, cell)).toBe(7500);
    expect(publishSum(fteUnit, { ...cell, change: 50 })).toBe(10_000);
    expect(publishSum(fteUnit, { ...cell, sum: 800, change: -50 })).toBe(500);
    expect(publishSum(hoursUnit, { count: 40, published: 41, sum: 8000, largest: 900, change: 11 })).toBe(9190);
  });

  test('is zero exactly when the published count is zero, and withheld with it', () => {
    for (const change of [-50, 0, 50]) {
      expect(publishSum(fteUnit, { count: 3, published: 0, sum: 2400, largest: 1000, change })).toBe(0);
      expect(publishSum(fteUnit, { count: 3, published: null, sum: 2400, largest: 1000, change })).toBeNull();
      expect(publishSum(fteUnit, { count: 3, published: 5, sum: 2400, largest: 1000, change })).toBeGreaterThan(0);
    }
  });

  test('is a whole number of half FTE between a half and one FTE a head', () => {
    for (const { published, fte } of [1, 3, 9, 40].flatMap((count) => outcomes(count, 700 * count, 1000))) {
      expect(fte % 500).toBe(0);
      expect(fte).toBeLessThanOrEqual(1000 * published);
      expect(fte > 0).toBe(published > 0);
    }
  });

  test('is right on average, within 0.25 FTE even in the smallest cells', () => {
    for (const count of [1, 2, 3, 4, 5, 8, 12, 15, 30, 200]) {
      const mean = outcomes(count, 800 * count, 1000).reduce((sum, { fte, p }) => sum + (fte * p) / 1000, 0);
      expect(Math.abs(mean - 0.8 * count)).toBeLessThan(count < 15 ? 0.25 : 0.05);
    }
  });

  test('has the standard deviation that the guide states for large cells: √(V × mean² + V of sums × largest²)', () => {
    const cell = outcomes(200, 160_000, 1000);
    const mean = cell.reduce((sum, { fte, p }) => sum + (fte * p) / 1000, 0);
    const variance = cell.reduce((sum, { fte, p }) => sum + p * (fte / 1000 - mean) ** 2, 0);
    const rounding = 0.5 ** 2 / 12;
    expect(variance).toBeCloseTo(6.25 * 0.8 ** 2 + magnitudeNoise.V + rounding, 2);
  });

  test('tells an attacker who knows the mean FTE nothing about the true count beyond the published count', () => {
    for (const mean of [500, 800, 1000]) {
      for (const sizes of [
        [1, 2, 3, 4],
        [5, 6, 7, 8, 9, 10, 11, 12],
      ]) {
        const cells = sizes.map((count) => outcomes(count, mean * count, 1000));
        const countOnly = toldApart(cells, (published) => `${published}`);
        const both = toldApart(cells, (published, fte) => `${published} ${fte}`);
        expect(both).toBeCloseTo(countOnly, 12);
      }
    }
  });

  test('hides whether one person works full or half time from an attacker who knows all the others', () => {
    for (const count of [5, 20, 100]) {
      const others = 800 * (count - 1);
      const cells = [1000, 500].map((own) => outcomes(count, others + own, 1000));
      expect(toldApart(cells, (published, fte) => `${published} ${fte}`)).toBeLessThan(0.58);
    }
  });
});
