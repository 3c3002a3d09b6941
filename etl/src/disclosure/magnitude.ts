import { createMagnitudeTable } from './giessing-tent.ts';
import type { PTable } from './ptable.ts';

/** The noise of sums, in units of the largest contribution: at most D, of variance V, in tenths. The same for every noisy audience. */
export const magnitudeNoise = { D: 5, V: 3, steps: 10 } as const;

/** One p-table row, for cells of any size, of changes in tenths of the largest contribution. */
export const magnitudeTable: PTable = {
  rows: [
    createMagnitudeTable({ ...magnitudeNoise, positions: [magnitudeNoise.D], equality: true }).rows[1]!.map(
      (change) => ({
        ...change,
        v: Math.round(change.v! * magnitudeNoise.steps),
      }),
    ),
  ],
  repeat: 1,
};

/** What a sum is made of: rounded to `step`, and at most `cap` for each published person (null: no cap). Whole numbers. */
export interface MagnitudeUnit {
  step: number;
  cap: number | null;
}

/** FTE in thousandths: to 0.5 FTE, at most 1.0 a head. */
export const fteUnit: MagnitudeUnit = { step: 500, cap: 1000 };
/** Hours in tenths: to the half hour. */
export const hoursUnit: MagnitudeUnit = { step: 5, cap: null };
/** Months of exposure in a year. */
export const monthsUnit: MagnitudeUnit = { step: 1, cap: 12 };

/**
 * The published sum of a cell: the exact sum scaled from its true to its published count, plus noise of `change` tenths of the
 * largest contribution, rounded to `step` (halves up), never under one step nor over the cap. Zero exactly when the published
 * count is zero, null exactly when it is withheld.
 * Scaling first means that the sum tells nothing about the true count that the published count does not; see README.md.
 *
 * `publishSum(fteUnit, { count: 8, published: 10, sum: 6400, largest: 1000, change: -7 })` → 7500: 6400 × 10/8 − 0.7 × 1000 = 7300.
 */
export function publishSum(
  { step, cap }: MagnitudeUnit,
  cell: { count: number; published: number | null; sum: number; largest: number; change: number },
): number | null {
  const { count, published, sum, largest, change } = cell;
  if (published === null || published === 0) return published;
  const tenths = BigInt(magnitudeNoise.steps);
  const parts = 2n * (tenths * BigInt(sum) * BigInt(published) + BigInt(largest) * BigInt(change) * BigInt(count));
  const whole = tenths * BigInt(count) * BigInt(step);
  const rounded = step * Number((parts + whole) / (2n * whole));
  return Math.max(step, Math.min(rounded, cap === null ? Infinity : cap * published));
}

/**
 * The sum that goes with a count drawn from another published one: in the proportion of the two counts, rounded to `step`. The trusted sum has
 * noise; a second one on top would be another draw about the same people.
 *
 * `scaleSum(fteUnit, { sum: 6500, from: 8, to: 9 })` → 7500: 6500 × 9/8 = 7312.5.
 */
export function scaleSum(
  { step, cap }: MagnitudeUnit,
  { sum, from, to }: { sum: number; from: number; to: number },
): number {
  if (to === 0) return 0;
  const rounded = step * Math.floor((2 * sum * to + step * from) / (2 * step * from));
  return Math.max(step, Math.min(rounded, cap === null ? Infinity : cap * to));
}
