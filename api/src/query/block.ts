import type { Formula, Measure } from '@ahp/sql/measure';
import { sql, type RawBuilder } from 'kysely';
import type { Catalogue, Grain, Holding } from '../release/catalogue.ts';
import type { Level } from '../release/dimension.ts';
import type { Member } from './group.ts';

/** Cells of one table, to be summed by group and period. */
export interface Block {
  level: Level;
  set: readonly string[];
  /** For each group (numbered by the caller), the cells that it is the sum of. */
  groups: readonly { g: number; members: readonly Member[] }[];
  /** For each period (numbered by the caller), its last day. */
  periods: readonly { p: number; end: string }[];
}

/** The same groups and periods seen through one lens, and what they are compared with. */
export interface View {
  blocks: readonly Block[];
  beside: readonly Block[];
}

/** A figure to make: numerators are read in the view `part`, denominators in the view `whole`. */
export interface FigureAsked {
  key: string;
  measure: Measure;
  formula: Formula;
  part: number;
  whole: number;
}

/** What to read. The first view has every group. */
export interface Reading {
  catalogue: Catalogue;
  holding: Holding;
  grain: Grain;
  views: readonly View[];
  figures: readonly FigureAsked[];
}

/** The table of the cells of a holding. */
export const source = ({ source }: Holding): RawBuilder<unknown> =>
  source === 'extracts' ? sql`cell` : sql`published_cell`;

/** What narrows a scan to one table: set, grain, level and days, each cast to its column’s type. */
export function tableFilter({ holding, grain }: Reading, { set, level, periods }: Block): RawBuilder<unknown> {
  const feed = holding.feed === null ? sql`` : sql` and cell.feed = ${holding.feed}::feed_t`;
  const days = [...new Set(periods.map(({ end }) => end))].map((end) => sql`${end}::date`);
  return sql`cell."set" = ${set.join('+')}::set_t and cell.grain = ${grain}::grain_t and cell.level = ${level}::level_t${feed}
    and cell.period_end in (${sql.join(days)})`;
}

/** The columns that hold the categories of a block’s dimensions. */
export const columnsOf = ({ set }: Block): string[] => ['a', 'b', 'c'].slice(0, set.length);
