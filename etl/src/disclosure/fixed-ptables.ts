import { bounded, keyRange } from './ptable-row.ts';
import type { PTable } from './ptable.ts';

/** The p-table that maps every count in one fixed way: `rule` gives the published count, or null to withhold it. */
function fixedPTable(rule: (count: number) => number | null, rows: number, repeat: number): PTable {
  const row = (count: number) => {
    const published = rule(count);
    return bounded([published === null ? null : published - count], [1]);
  };
  return { rows: Array.from({ length: rows }, (_, count) => row(count)), repeat };
}

const nearestFive = (count: number) => 5 * Math.floor((count + 2) / 5);

/*
 * Rounding falls to differencing when tables are flexible, so these serve fixed tables only.
 * https://sdctools.github.io/HandbookSDC/ (chapter 5)
 */

/** Every count to the nearest multiple of 5. */
export const roundingBase5 = fixedPTable(nearestFive, 6, 5);

/** ONS: counts below 10 withheld (zero too), the rest to the nearest 5. https://github.com/ONSdigital/cell-key-perturbation */
export const ons10To5 = fixedPTable((count) => (count < 10 ? null : nearestFive(count)), 15, 5);

/** NHS England (formerly NHS Digital): 1–7 withheld, zero shown, the rest to the nearest 5. */
export const nhs1To7Round5 = fixedPTable((count) => (count >= 1 && count <= 7 ? null : nearestFive(count)), 13, 5);

/** Exact counts with those from 1 to `minimum` − 1 withheld. */
export function exactAbove(minimum: number): PTable {
  return fixedPTable((count) => (count >= 1 && count < minimum ? null : count), minimum + 1, 1);
}

/** Whether a table gives one answer per count whatever the key. */
export function isFixed({ rows }: PTable): boolean {
  return rows.every((row) => row.some(({ from, to }) => to - from === keyRange));
}
