import type { Sum } from '@ahp/sql/measure';
import { dayOf, type CellTable, type Place } from '../release/cell-table.ts';
import type { Block, Reading } from './block.ts';
import { withheldIn } from './withheld.ts';

/** What the cells of one group add up to in one period. */
export interface Sums {
  /** Cells that each tally is summed over. */
  cells: number;
  /** Cells that there are, of any tally. */
  found: number;
  withheld: boolean;
  /** By tally; null where a cell is withheld or, in publications, absent. */
  totals: Map<string, number | null>;
  /** Tallies of which the publisher withholds a cell: it is there without a value, where an absent one has no cell. */
  unsaid: Set<string>;
}

const placeKey = (g: number, p: number): string => `${g}|${p}`;

/** Sums of tallies by group and period over the cells of blocks; an entry also where there is no cell. */
export function sumsOf(
  reading: Reading,
  blocks: readonly Block[],
  tallies: readonly string[],
  tableOf: (block: Block) => CellTable,
): Map<string, Sums> {
  const sums = new Map<string, Sums>();
  for (const block of blocks) {
    const table = tableOf(block);
    const isWithheld = withheldIn(reading, block, table);
    for (const { g, members } of block.groups) {
      const places = members.map(({ area, codes }) => table.placeOf(area, codes));
      for (const { p, end } of block.periods) {
        const key = placeKey(g, p);
        const into = sums.get(key) ?? { cells: 0, found: 0, withheld: false, totals: new Map(), unsaid: new Set() };
        sums.set(key, into);
        into.cells += members.length;
        into.withheld ||= places.some((place) => isWithheld(place, end));
        for (const tally of tallies) addTally(into, tally, table, dayOf(end), places, reading);
      }
    }
  }
  return sums;
}

function addTally(
  into: Sums,
  tally: string,
  table: CellTable,
  day: number,
  places: readonly (Place | null)[],
  { holding }: Reading,
): void {
  const cells = table.cellsOf(tally, day);
  const valueAt = (place: Place) => {
    const value = cells.get(place);
    return value === undefined && table.isWithheld(tally, day, place) ? null : value;
  };
  let total: number | null = into.totals.has(tally) ? into.totals.get(tally)! : 0;
  for (const place of places) {
    const value = place === null ? undefined : valueAt(place);
    if (value !== undefined) into.found += 1;
    if (value === null) into.unsaid.add(tally);
    const missing = value === null || (value === undefined && holding.source === 'published');
    total = missing || total === null ? null : total + (value ?? 0);
  }
  into.totals.set(tally, total);
}

/** The weighted sum of tallies; null where one of them is, or where there is nothing to add up. */
export function weighted(sums: Sums | undefined, sum: Sum): number | null {
  const terms = Object.entries(sum) as [string, number][];
  if (!sums || terms.length === 0) return null;
  let total = 0;
  for (const [tally, weight] of terms) {
    const value = sums.totals.get(tally) ?? null;
    if (value === null) return null;
    total += weight * value;
  }
  return total;
}
