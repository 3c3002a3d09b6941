import { bounded, solveRow, type Row } from './ptable-row.ts';
import { changeIn } from './ptable.ts';

/** Noise rows for magnitudes, by the size of a cell measured in units of its noise scale: rows[k] serves positions[k]. */
export interface MagnitudeTable {
  positions: readonly number[];
  rows: readonly Row[];
}

/**
 * A p-table for sums: changes in steps of 1/`steps` between −D and D, none of which takes a cell below zero, for the cell sizes
 * `positions` (the last is D, whose row is symmetric). Formula: as for counts, Handbook chapter 5, https://sdctools.github.io/HandbookSDC/.
 */
export function createMagnitudeTable(given: {
  D: number;
  V: number;
  steps: number;
  positions: readonly number[];
  equality?: boolean;
}): MagnitudeTable {
  const { D, V, steps, positions, equality = false } = given;
  const rows = positions.map((position) => {
    const lowest = -Math.min(position, D);
    const support = Array.from({ length: Math.round((D - lowest) * steps) + 1 }, (_, k) => lowest + k / steps);
    const rule = { variance: V, equality, monotone: true, stay: 0 };
    return solveRow(support, rule, `magnitude table D=${D} V=${V}, row ${position}`);
  });
  return { positions: [0, ...positions], rows: [bounded([0], [1]), ...rows] };
}

/** The change at `position`, interpolated between the rows on either side of it, both looked up with the same key. */
export function interpolatedChange({ positions, rows }: MagnitudeTable, position: number, key: number): number {
  const above = positions.findIndex((at) => at >= position);
  if (above < 0) return changeIn(rows.at(-1)!, key)!;
  const upper = changeIn(rows[above]!, key)!;
  if (positions[above] === position) return upper;
  const share = (position - positions[above - 1]!) / (positions[above]! - positions[above - 1]!);
  return (1 - share) * changeIn(rows[above - 1]!, key)! + share * upper;
}

/** The share of a contribution that scales its noise: `small` up to the size `flexPoint`, falling towards `large` beyond it. */
export interface NoiseShare {
  small: number;
  large: number;
  flexPoint: number;
  power: number;
}

/** The noise share of a contribution of this size. */
export function noiseShare({ small, large, flexPoint, power }: NoiseShare, size: number): number {
  if (size < flexPoint) return small;
  const distance = (small * size) / (large * flexPoint) - 1;
  return large * (1 + distance * ((2 * flexPoint) / (flexPoint + size)) ** power);
}

/**
 * A non-negative sum with noise for each of its `scales` (a share of one of the largest contributions, or of the mean), each with
 * its own key. A scale greater than what is left of the sum is cut to it, and the sum never falls below zero.
 * Source: Giessing and Tent's scheme for continuous variables, Handbook chapter 5, https://sdctools.github.io/HandbookSDC/.
 *
 * `perturbSum(table, 300, [100], [key])` with v = 1 at position 300 ÷ 100 → 400.
 */
export function perturbSum(
  table: MagnitudeTable,
  sum: number,
  scales: readonly number[],
  keys: readonly number[],
): number {
  return scales.reduce((left, scale, j) => {
    if (left <= 0) return 0;
    const noise = Math.min(scale, left);
    return Math.max(0, left + noise * interpolatedChange(table, left / noise, keys[j]!));
  }, sum);
}
