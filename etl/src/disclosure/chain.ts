import { keyRange, solveRow, bounded, type Row } from './ptable-row.ts';
import { publish, type PTable } from './ptable.ts';

/** What the public count is drawn with: least count above zero, greatest distance from the trusted one, and variance of that distance. */
export const chainRule = { js: 4, D: 5, V: 3.25 } as const;

/**
 * The p-table that draws the public count from the trusted one. Whoever holds both knows no more than from the trusted count alone, because
 * given that, the public one does not depend on the truth. Its rows are by trusted count: 0 stays 0; 3 and 4 become 0 or 5; from 5 on the
 * row is unbiased, of greatest entropy, of a variance of at most 3.25 and never reaches 1 to 4. A trusted count is never 1 or 2.
 */
export const chainTable: PTable = {
  rows: [
    bounded([0], [1]),
    bounded([0], [1]),
    bounded([0], [1]),
    bounded([-3, 2], [0.4, 0.6]),
    bounded([-4, 1], [0.2, 0.8]),
    ...[5, 6, 7, 8, 9, 10].map(chainRow),
  ],
  repeat: 1,
};

function chainRow(count: number): Row {
  const targets = Array.from({ length: 2 * chainRule.D + 1 }, (_, k) => count - chainRule.D + k);
  const changes = targets.filter((target) => target === 0 || target > chainRule.js).map((target) => target - count);
  const rule = { variance: chainRule.V, equality: false, monotone: false, stay: 0 };
  return solveRow(changes, rule, `public p-table, row ${count}`);
}

/** The probability of each published count, for every true count from 0 to `largest`, when `second` draws from what `first` gives. */
export function composed(first: PTable, second: PTable, largest: number): Map<number, number>[] {
  return Array.from({ length: largest + 1 }, (_, count) => {
    const row = new Map<number, number>();
    for (const [middle, p] of probabilities(first, count))
      for (const [value, q] of probabilities(second, middle)) row.set(value, (row.get(value) ?? 0) + p * q);
    return row;
  });
}

/** The probability of each published count of a true one, as the whole-number bounds of the keys give it. */
export function probabilities({ rows, repeat }: PTable, count: number): Map<number, number> {
  if (repeat !== 1) throw new Error('only for tables whose last row serves every larger count');
  const row = rows[Math.min(count, rows.length - 1)]!;
  return new Map(
    row.flatMap(({ v, from, to }) => (to > from && v !== null ? [[count + v, (to - from) / keyRange]] : [])),
  );
}

/** The trusted and the public count of a true one, from the cell keys of the two. */
export function drawBoth(
  trusted: PTable,
  count: number,
  keys: { trusted: number; public: number },
): { trusted: number; public: number } {
  const first = publish(trusted, count, keys.trusted)!;
  return { trusted: first, public: publish(chainTable, first, keys.public)! };
}
