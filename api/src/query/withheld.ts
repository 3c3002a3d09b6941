import { areaOfPlace, categoryOfPlace, dayOf, type CellTable, type Place } from '../release/cell-table.ts';
import { dimensionById } from '../release/dimension.ts';
import type { Block, Reading } from './block.ts';
import { baseTally } from './plan.ts';

/** Published people that the table of one area must at least rest on. */
const tableMinimum = 50;
/** Share of its cells that must not be zero; rows and columns that are zero throughout do not count. */
const filledMinimum = 0.5;
/** Published people that a row must rest on which is split by a sensitive characteristic: in a smaller one, nobody mostly means nobody, and one category everybody. */
const rowMinimum = 30;

/** The tally that the rules for a block look at, null where there are none. */
export function ruleTally(reading: Reading, block: Block): string | null {
  const noisy = reading.holding.source === 'extracts' && reading.catalogue.audience.v > 0;
  const tally = baseTally(reading.holding, reading.grain, block.level, block.set);
  return noisy && (isCrossed(block) || sensitiveColumns(reading, block).length > 0) ? tally : null;
}

/**
 * Says whether the figures of a place on a day are withheld: its area’s table is too sparse, or it is in a row too small to be split by a sensitive
 * characteristic. Decided from published cells of the whole table alone, so a refusal says nothing new and does not depend on the filters
 * or on the measures selected.
 */
export function withheldIn(
  reading: Reading,
  block: Block,
  table: CellTable,
): (place: Place | null, end: string) => boolean {
  const tally = ruleTally(reading, block);
  if (tally === null) return () => false;
  const crossed = isCrossed(block);
  const split = block.set.length > 1 ? sensitiveColumns(reading, block) : [];
  const byDay = new Map<string, TableOfAreas>();
  return (place, end) => {
    if (place === null) return true;
    let areas = byDay.get(end);
    if (!areas) byDay.set(end, (areas = tableOfAreas(table.cellsOf(tally, dayOf(end)), block.set.length, split)));
    const area = areas.sums.get(areaOfPlace(place));
    if (!area || area.people < tableMinimum) return true;
    if (crossed && area.filled < filledMinimum * area.used.reduce((product, { size }) => product * size, 1))
      return true;
    return split.some((column) => {
      const people = areas.rows.get(rowOf(place, column));
      return people !== undefined && people < rowMinimum;
    });
  };
}

interface TableOfAreas {
  /** Of each area: published people, cells above 0, and the categories in use in each column. */
  sums: Map<Place, { people: number; filled: number; used: Set<number>[] }>;
  /** Published people of each row, by the place without the category that splits it. */
  rows: Map<string, number>;
}

function tableOfAreas(
  cells: ReadonlyMap<Place, number | null>,
  columns: number,
  split: readonly number[],
): TableOfAreas {
  const found: TableOfAreas = { sums: new Map(), rows: new Map() };
  for (const [place, value] of cells) {
    const key = areaOfPlace(place);
    let area = found.sums.get(key);
    if (!area)
      found.sums.set(key, (area = { people: 0, filled: 0, used: Array.from({ length: columns }, () => new Set()) }));
    area.people += value ?? 0;
    if (value === null || value <= 0) continue;
    area.filled += 1;
    area.used.forEach((used, column) => used.add(categoryOfPlace(place, column)));
    for (const column of split) {
      const row = rowOf(place, column);
      found.rows.set(row, (found.rows.get(row) ?? 0) + value);
    }
  }
  return found;
}

/** The row that a place is in when one column splits it. */
const rowOf = (place: Place, column: number) =>
  [areaOfPlace(place), column, ...[0, 1, 2].map((at) => (at === column ? '' : categoryOfPlace(place, at)))].join('|');

const isCrossed = ({ set }: Block) => set.length > 1 && set.every((id) => dimensionById.get(id)?.codes);

/** The columns of a block’s set that hold a sensitive characteristic. */
function sensitiveColumns({ catalogue }: Reading, { set }: Block): number[] {
  return set.flatMap((id, column) =>
    catalogue.dimensions.some((dimension) => dimension.id === id && dimension.sensitive) ? [column] : [],
  );
}
