import { bounded, solveRow, type Row, type RowRule } from './ptable-row.ts';

/** Rows by true count 0, 1, 2, …; counts beyond the last row use the last `repeat` rows in turn. */
export interface PTable {
  rows: readonly Row[];
  repeat: number;
}

/** D is the greatest change, V the variance of the changes, js the greatest count that is never published (other than 0). */
export interface PTableParameters {
  D: number;
  V: number;
  js: number;
  /** Keep V exactly in every row; otherwise it is an upper bound. */
  equality?: boolean;
  /** Below zero, a greater change is never likelier than a smaller one; `uncut` leaves out rows D+1..D+js, whose left side js cuts off. */
  monotone?: boolean | 'uncut';
  stay?: number;
}

/**
 * The p-table of the cell key method for counts: unbiased, of variance V, never further than D, never below zero, never in 1..js,
 * and otherwise of greatest entropy. Row 0 is exact. Throws `infeasible` naming the row that cannot be met.
 * Formula: Handbook on Statistical Disclosure Control, chapter 5, https://sdctools.github.io/HandbookSDC/; the parameters are those of
 * Eurostat's ptable package, https://github.com/sdcTools/ptable.
 *
 * `createPTable({ D: 10, V: 6.25, js: 4, equality: true }).rows[1]` → changes −1 (p .8521), +4 (.0496), +5 (.0323) … +10.
 */
export function createPTable({ D, V, js, equality = false, monotone = true, stay = 0 }: PTableParameters): PTable {
  const last = js === 0 ? D : D + js + 1;
  const rows = Array.from({ length: last }, (_, index) => {
    const i = index + 1;
    const cut = i > D && i < last;
    const rule: RowRule = { variance: V, equality, monotone: monotone === 'uncut' ? !cut : monotone, stay };
    return solveRow(allowedChanges(i, D, js), rule, `p-table D=${D} V=${V} js=${js}, row ${i}`);
  });
  return { rows: [bounded([0], [1]), ...rows], repeat: 1 };
}

/** The row that serves a true count. */
export function rowIndex({ rows, repeat }: PTable, count: number): number {
  const last = rows.length - 1;
  return count <= last ? count : last - repeat + 1 + ((count - last - 1) % repeat);
}

/** The change of a cell with this true count and cell key (0 … 2^32 − 1), or null when the cell is withheld. */
export function changeOf(table: PTable, count: number, key: number): number | null {
  return changeIn(table.rows[rowIndex(table, count)]!, key);
}

/** The change of a row at this cell key. */
export function changeIn(row: Row, key: number): number | null {
  return row.find(({ from, to }) => key >= from && key < to)!.v;
}

/** The published count, or null when withheld. */
export function publish(table: PTable, count: number, key: number): number | null {
  const v = changeOf(table, count, key);
  return v === null ? null : count + v;
}

function allowedChanges(i: number, D: number, js: number): number[] {
  const lowest = Math.max(i - D, 0);
  return Array.from({ length: i + D - lowest + 1 }, (_, k) => lowest + k)
    .filter((target) => target === 0 || target > js)
    .map((target) => target - i);
}
