import type { Cells, CellsWanted } from '../release/cell-reader.ts';
import type { CellTable } from '../release/cell-table.ts';
import type { Block, Reading } from './block.ts';
import { ruleTally } from './withheld.ts';

/** A block with the tallies that its figures are made of. */
export interface TalliedBlock {
  block: Block;
  tallies: readonly string[];
}

/** Reads the tables that blocks look at, each once: all tallies, areas and days that any of them needs. */
export async function tablesOf(
  cells: Cells,
  reading: Reading,
  blocks: readonly TalliedBlock[],
): Promise<(block: Block) => CellTable> {
  const wanted = new Map<string, CellsWanted>();
  for (const { block, tallies } of blocks) {
    const ends = block.periods.map(({ end }) => end).sort();
    const known = wanted.get(tableOf(block));
    const rule = ruleTally(reading, block);
    wanted.set(tableOf(block), {
      feed: reading.holding.source === 'extracts' ? null : reading.holding.feed,
      set: block.set.join('+'),
      grain: reading.grain,
      level: block.level,
      withheld: reading.holding.listsWithheld,
      tallies: distinct([...(known?.tallies ?? []), ...tallies, ...(rule ? [rule] : [])]),
      areas: distinct([
        ...(known?.areas ?? []),
        ...block.groups.flatMap(({ members }) => members.map(({ area }) => area)),
      ]),
      from: [ends[0]!, known?.from ?? ends[0]!].sort()[0]!,
      to: [ends.at(-1)!, known?.to ?? ends.at(-1)!].sort()[1]!,
    });
  }
  const tables = new Map(
    await Promise.all([...wanted].map(async ([key, one]) => [key, await cells.read(one)] as const)),
  );
  return (block) => tables.get(tableOf(block))!;
}

const tableOf = ({ level, set }: Block) => `${level}|${set.join('+')}`;
const distinct = (values: readonly string[]) => [...new Set(values)].sort();
