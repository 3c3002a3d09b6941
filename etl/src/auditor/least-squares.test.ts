import { expect, test } from 'vitest';
import { reconstruct } from './least-squares.ts';
import { addUp, marginOf } from './margins.ts';

const shape = [3, 4, 2];
const people = Float64Array.from({ length: 24 }, (_, leaf) => (leaf * 7) % 5);
const tablesOf = (change: (t: number) => number) =>
  [[], [0], [1], [2], [0, 1], [0, 2], [1, 2]].map((axes, t) => ({
    axes,
    values: addUp(marginOf(shape, axes), people).map((value) => Math.max(0, value + change(t))),
    weight: 1,
  }));

test('tables without noise are given back', () => {
  const tables = tablesOf(() => 0);
  for (const [t, estimate] of reconstruct(shape, tables, 2000).entries())
    for (const [cell, value] of estimate.entries()) expect(value).toBeCloseTo(tables[t]!.values[cell]!, 2);
});

test('what is estimated adds up and is never below zero, whatever the noise', () => {
  const estimates = reconstruct(
    shape,
    tablesOf((t) => (t % 2 === 0 ? 3 : -4)),
    500,
  );
  const total = estimates[0]![0]!;
  for (const estimate of estimates) {
    expect(estimate.reduce((sum, value) => sum + value, 0)).toBeCloseTo(total, 6);
    expect(Math.min(...estimate)).toBeGreaterThanOrEqual(0);
  }
});

test('a cell that two tables disagree about is estimated between them, nearer to the one of more weight', () => {
  const [estimate] = reconstruct(
    [1],
    [
      { axes: [0], values: Float64Array.of(10), weight: 3 },
      { axes: [0], values: Float64Array.of(6), weight: 1 },
    ],
  );
  expect(estimate![0]).toBeCloseTo(9, 6);
});

test('the cells of a margin are numbered with the last axis moving fastest', () => {
  expect([...marginOf([2, 3], [0, 1]).cellOf]).toEqual([0, 1, 2, 3, 4, 5]);
  expect([...marginOf([2, 3], [1]).cellOf]).toEqual([0, 1, 2, 0, 1, 2]);
  expect([...marginOf([2, 3], []).cellOf]).toEqual([0, 0, 0, 0, 0, 0]);
});
